import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { Most } from './budget.ts';
import { get, type Wire, wireTo } from './fixtures/wire.ts';
import type { LoadLimits } from './load-limits.ts';
import { rateLimits } from './rate-limits.ts';
import { httpServer } from './server.ts';

const MIB = 1024 * 1024;
/** More than the kernel takes for a client that reads nothing. */
const LARGE = 'x'.repeat(12 * MIB);
const bounds = (companies: Most) => ({ companies, strangers: { all: 1000 * MIB, ofOne: 1000 * MIB } });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The server without a database: `/v1/held` answers when `open` is called, `/v1/large` 12 MiB, `/v1/echo` a number. */
async function serve(load: Partial<LoadLimits>, delay = () => 0) {
  const held: (() => void)[] = [];
  const handled: string[] = [];
  let isOpen = false;
  const app: FastifyInstance = httpServer({
    log: pino({ level: 'silent' }),
    // The token is the company's number.
    authenticate: async ({ headers }) => ({ companyId: Number(headers.authorization) }),
    limits: rateLimits({ company: 0, auth: 0 }),
    draining: () => false,
    delay,
    load,
  });
  const config = { permission: 'signed-in' };
  app.get('/v1/held', { config }, async () => {
    if (!isOpen) await new Promise<void>((resolve) => held.push(resolve));
    return 'done';
  });
  app.get('/v1/large', { config }, async ({ url }) => {
    handled.push(url);
    return LARGE;
  });
  app.get<{ Querystring: { n: string } }>('/v1/echo', { config }, async ({ url, query }) => {
    handled.push(url);
    return `echo ${query.n}.`;
  });
  app.post('/v1/body', { config }, async ({ body }) => JSON.stringify(body));
  app.post('/v1/sign-in', { config: { permission: 'public', signIn: true } }, async () => {
    if (!isOpen) await new Promise<void>((resolve) => held.push(resolve));
    return 'a token';
  });
  app.get('/page', { config: { permission: 'public', page: true } }, async () => 'a page');
  app.get('/healthz', { config: { permission: 'public', vital: true } }, async () => 'alive');
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  const ask = (path: string, company = 1, headers: Record<string, string> = {}) =>
    fetch(url + path, { headers: { authorization: String(company), ...headers } });
  return {
    app,
    url,
    handled,
    ask,
    status: async (path: string, company?: number) => (await ask(path, company)).status,
    async wire(): Promise<Wire> {
      const wire = await wireTo(url);
      closing.push(() => wire.socket.destroy());
      return wire;
    },
    open() {
      isOpen = true;
      for (const answer of held.splice(0)) answer();
    },
  };
}

describe('the house is full', () => {
  const seats = bounds({ all: 4, ofOne: 4 });

  it('429: who has most of the seats gets no more of them; others and health checks are answered', async () => {
    const server = await serve({ seats });
    const working = Array.from({ length: 4 }, () => server.status('/v1/held'));
    await expect.poll(() => server.app.load().requests).toBe(4);

    const refused = await server.ask('/v1/echo?n=1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await refused.json()).toEqual({
      code: 429,
      message: expect.stringContaining('at its limit'),
      request_id: refused.headers.get('x-request-id'),
    });
    expect(await server.status('/healthz')).toBe(200);
    expect(await server.status('/v1/echo?n=2', 2)).toBe(200);

    server.open();
    expect(await Promise.all(working)).toEqual([200, 200, 200, 200]);
    expect(await server.status('/v1/echo?n=3')).toBe(200);
    expect(server.app.load()).toMatchObject({ requests: 0, refused: 1 });
  });

  it('429: in the shape of the API that was asked, under the id that was given, or as a page', async () => {
    const server = await serve({ seats: { ...seats, strangers: { all: 0, ofOne: 0 } } });
    const given = 'B1C6A1B0-4B7E-4A44-8F6A-0C5B6A9D2E10';
    const refused = await server.ask('/api/v3/companies/1/', 1, { 'x-request-id': given });
    expect([refused.status, refused.headers.get('x-request-id')]).toEqual([429, given.toLowerCase()]);
    expect(await refused.json()).toEqual({ detail: expect.stringContaining('at its limit') });
    const page = await server.ask('/page', 1, { accept: 'text/html', 'accept-language': 'de' });
    expect([page.status, page.headers.get('content-type'), page.headers.get('retry-after')]).toEqual([
      429,
      'text/html; charset=utf-8',
      '1',
    ]);
    expect(await page.text()).toContain('Zu viele Anfragen');
  });

  it('429: more sign-ins at once than the processor can do soon, and nothing else', async () => {
    const server = await serve({ signIns: { ...seats, strangers: { all: 2, ofOne: 2 } } });
    const signIn = () => fetch(`${server.url}/v1/sign-in`, { method: 'POST' }).then(({ status }) => status);
    const working = [signIn(), signIn()];
    await expect.poll(() => server.app.load().requests).toBe(2);
    expect([await signIn(), await server.status('/page'), await server.status('/v1/echo?n=1')]).toEqual([
      429, 200, 200,
    ]);
    server.open();
    expect([...(await Promise.all(working)), await signIn()]).toEqual([200, 200, 200]);
  });

  it('429: while short statements wait for long, and not for that alone', async () => {
    let delay = 0;
    const server = await serve({ wait: 100 }, () => delay);
    const FEW = 64;
    const working = Array.from({ length: FEW - 1 }, () => server.status('/v1/held'));
    await expect.poll(() => server.app.load().requests).toBe(FEW - 1);
    delay = 101;
    expect(await server.status('/v1/echo?n=1')).toBe(200);
    working.push(server.status('/v1/held'));
    await expect.poll(() => server.app.load().requests).toBe(FEW);
    expect(await server.status('/v1/echo?n=1')).toBe(429);
    expect(await server.status('/v1/echo?n=1', 2)).toBe(200);
    delay = 0;
    expect(await server.status('/v1/echo?n=1')).toBe(200);
    server.open();
    expect(new Set(await Promise.all(working))).toEqual(new Set([200]));
  });

  it('200: a crowd that comes at once waits a little, and is served', async () => {
    const server = await serve({});
    const crowd = Array.from({ length: 300 }, (_, n) =>
      server.ask(`/v1/echo?n=${n}`).then((one) => one.text()),
    );
    expect(await Promise.all(crowd)).toEqual(Array.from({ length: 300 }, (_, n) => `echo ${n}.`));
    expect(server.app.load()).toMatchObject({ requests: 0, refused: 0 });
  });
});

describe('clients that read slowly', () => {
  it('429: who leaves too much unread gets nothing more, until it is read; others notice nothing', async () => {
    const server = await serve({ unread: bounds({ all: 40 * MIB, ofOne: 20 * MIB }) });
    const slow = await Promise.all([server.wire(), server.wire()]);
    for (const wire of slow) {
      wire.socket.pause();
      wire.send(get('/v1/large', { authorization: '1' }));
    }
    await expect.poll(() => server.app.load().unread).toBeGreaterThan(20 * MIB);
    expect(await server.status('/v1/echo?n=1')).toBe(429);
    expect(await server.status('/v1/echo?n=1', 2)).toBe(200);
    expect(await server.status('/healthz')).toBe(200);
    for (const wire of slow) wire.socket.resume();
    await expect.poll(() => server.app.load().unread).toBe(0);
    expect(await server.status('/v1/echo?n=1')).toBe(200);
  });

  it('what was unread counts no more when its client is gone', async () => {
    const server = await serve({ unread: bounds({ all: 40 * MIB, ofOne: MIB }) });
    const slow = await server.wire();
    slow.socket.pause();
    slow.send(get('/v1/large', { authorization: '1' }));
    await expect.poll(() => server.app.load().unread).toBeGreaterThan(MIB);
    slow.socket.destroy();
    await expect.poll(() => server.app.load().unread).toBe(0);
    expect(await server.status('/v1/echo?n=1')).toBe(200);
  });

  it('one connection has one answer in the making, however much it asks for, and gets all in order', async () => {
    const server = await serve({});
    const wire = await server.wire();
    wire.socket.pause();
    const more = Array.from({ length: 40 }, (_, n) => get(`/v1/echo?n=${n}`, { authorization: '1' }));
    wire.send(get('/v1/large', { authorization: '1' }) + more.join(''));
    await expect.poll(() => server.app.load().unread).toBeGreaterThan(0);
    expect(await server.status('/v1/echo?n=other', 2)).toBe(200);
    expect(server.handled).toEqual(['/v1/large', '/v1/echo?n=other']);
    wire.socket.resume();
    await expect.poll(() => wire.statuses().length).toBe(41);
    expect(wire.statuses()).toEqual([...Array(33).fill(200), ...Array(8).fill(429)]);
    expect([...wire.read().matchAll(/echo (\d+)\./g)].map(([, n]) => Number(n))).toEqual(
      Array.from({ length: 32 }, (_, n) => n),
    );
    wire.send(get('/v1/echo?n=last', { authorization: '1' }));
    await expect.poll(() => wire.read()).toContain('echo last.');
  });

  it('is cut off when it takes nothing', async () => {
    const server = await serve({ stalled: 50 });
    const wire = await server.wire();
    wire.socket.pause();
    wire.send(get('/v1/large', { authorization: '1' }));
    await expect.poll(() => server.handled.length).toBe(1);
    await expect.poll(() => server.app.load()).toMatchObject({ connections: 0, unread: 0 });
  });

  it('is cut off when it has not taken all within the time for it', async () => {
    const server = await serve({ answer: 50, check: 10 });
    const wire = await server.wire();
    wire.socket.pause();
    wire.send(get('/v1/large', { authorization: '1' }));
    await expect.poll(() => server.handled.length).toBe(1);
    await expect.poll(() => server.app.load()).toMatchObject({ connections: 0, unread: 0 });
  });

  it('is not cut off while its answer is being made', async () => {
    const server = await serve({ stalled: 50 });
    const wire = await server.wire();
    wire.send(get('/v1/held', { authorization: '1' }));
    await expect.poll(() => server.app.load().requests).toBe(1);
    // One that came later and asks nothing is: so much time has passed.
    await (await server.wire()).ended();
    server.open();
    await expect.poll(() => wire.read()).toContain('done');
  });
});

describe('clients that send slowly', () => {
  const head = (length: number) =>
    `POST /v1/body HTTP/1.1\r\nhost: headwater.test\r\nauthorization: 1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

  it('408: a body that does not come in time, and headers that do not', async () => {
    const server = await serve({ headers: 50, request: 100, check: 10 });
    const [body, headers, silent] = [await server.wire(), await server.wire(), await server.wire()];
    body.send(`${head(20)}{"a":`);
    headers.send('GET /v1/echo HTTP/1.1\r\nhost:');
    for (const wire of [body, headers, silent]) {
      expect(await wire.ended()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    }
    await expect.poll(() => server.app.load()).toMatchObject({ connections: 0, bodies: 0, requests: 0 });
  });

  it('takes no seat while its body comes, and its room is free when it has come', async () => {
    const server = await serve({ seats: bounds({ all: 1, ofOne: 1 }) });
    const wire = await server.wire();
    wire.send(`${head(7)}{"a"`);
    await expect.poll(() => server.app.load().bodies).toBe(7);
    expect(server.app.load().requests).toBe(0);
    expect(await server.status('/v1/echo?n=1')).toBe(200);
    wire.send(':1}');
    await expect.poll(() => wire.read()).toContain('{"a":1}');
    expect(server.app.load().bodies).toBe(0);
  });

  it('429: more bodies at once than there is room for; other companies have theirs', async () => {
    const server = await serve({ bodies: bounds({ all: 1000, ofOne: 500 }) });
    const wire = await server.wire();
    wire.send(head(500));
    await expect.poll(() => server.app.load().bodies).toBe(500);
    const post = (company: number) =>
      fetch(`${server.url}/v1/body`, {
        method: 'POST',
        headers: { authorization: String(company), 'content-type': 'application/json' },
        body: '{}',
      }).then(({ status }) => status);
    expect([await post(1), await post(2)]).toEqual([429, 200]);
    expect(await server.status('/v1/echo?n=1')).toBe(200);
    wire.socket.destroy();
    await expect.poll(() => server.app.load().bodies).toBe(0);
    expect(await post(1)).toBe(200);
  });
});

it('does not boot with a vital route that the door would refuse', async () => {
  const app = httpServer({
    log: pino({ level: 'silent' }),
    authenticate: async () => ({ companyId: 1 }),
    limits: rateLimits({ company: 0, auth: 0 }),
    draining: () => false,
  });
  closing.push(() => app.close());
  app.get('/pulse', { config: { permission: 'public', vital: true } }, async () => 'alive');
  await expect(app.ready()).rejects.toThrow('/pulse is vital');
});

it('429: a connection past the bound is told so and ended; health checks are answered on it', async () => {
  const server = await serve({ connections: 1 });
  const first = await server.wire();
  first.send(get('/v1/echo?n=1', { authorization: '1' }));
  await expect.poll(() => first.read()).toContain('echo 1.');
  const second = await server.wire();
  second.send(get('/healthz'));
  await expect.poll(() => second.read()).toContain('alive');
  second.send(get('/v1/echo?n=2', { authorization: '1' }));
  const answer = await second.ended();
  expect(second.statuses()).toEqual([200, 429]);
  expect(answer).toMatch(/\r\nretry-after: 1\r\nconnection: close\r\n/i);
  first.send(get('/v1/echo?n=3', { authorization: '1' }));
  await expect.poll(() => first.read()).toContain('echo 3.');
});
