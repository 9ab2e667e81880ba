import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppRoute, describedApp } from '../app-routes.ts';
import { serverForThisTest, startServer, type TestServer } from '../harness.ts';
import { checkAnswer } from './answer-checks.ts';
import { hostileObject, mutated, type Shape, valuesOf } from './arbitraries.ts';
import { HOSTILE_BODIES, HOSTILE_TEXTS, LONG_UNICODE } from './hostile.ts';
import { changes } from './kept-as-sent.ts';
import { rawRequest } from './raw-http.ts';
import { idsFor, openWorlds, references, type Worlds } from './two-worlds.ts';

// The same requests every time; another number tries others, and so does more runs.
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_131);
const MORE = Number(process.env.FUZZ_RUNS ?? 1);
const runs = (route: AppRoute, numRuns: number) => ({ seed: seedOf(route), numRuns: numRuns * MORE });
const seedOf = ({ method, path }: AppRoute) =>
  createHash('sha256').update(`${SEED} ${method} ${path}`).digest().readInt32BE();

const { routes } = await describedApp();
const named = (some: AppRoute[]) => some.map((route) => [`${route.method} ${route.path}`, route] as const);
const taking = routes.filter(({ body }) => body);
const asking = routes.filter(({ params, query }) => params || query);

let server: TestServer;
let worlds: Worlds;
beforeAll(async () => {
  server = await startServer();
  worlds = await openWorlds(server);
});
afterAll(() => server.close());

interface Sent {
  path: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** Sends a request as our super admin, holds the answer to what holds for every answer, and hands it on. */
async function ask(route: AppRoute, { path, body, headers }: Sent) {
  const response = await fetch(`${server.url}${path}`, {
    method: route.method,
    redirect: 'manual',
    headers: {
      ...(route.permission === 'public' ? {} : { authorization: worlds.admin.token }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
  });
  const text = await response.text();
  const answer = { method: route.method, path, status: response.status, headers: response.headers, text };
  const lost = response.status === 404 && !response.headers.get('content-type')?.startsWith('text/html');
  checkAnswer({ ...answer, page: route.page && !lost }, worlds.secrets);
  return { ...answer, json: route.page ? undefined : text ? JSON.parse(text) : undefined };
}

const pathOf = (route: AppRoute): fc.Arbitrary<string> => {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const ids = names.map((name) => idsFor(name, worlds.ours, worlds.theirs));
  return fc
    .tuple(...ids)
    .map((values) =>
      names.reduce(
        (path, name, at) => path.replace(`{${name}}`, () => encodeURIComponent(values[at]!)),
        route.path,
      ),
    );
};
const bodyOf = (route: AppRoute) => valuesOf(route.body as Shape, references(worlds.ours, worlds.theirs));

describe('a body that fits the schema is kept as it was sent', () => {
  it.each(named(taking))('%s', async (_name, route) => {
    await fc.assert(
      fc.asyncProperty(pathOf(route), bodyOf(route), async (path, body) => {
        const sent = { path, body: JSON.stringify(body) };
        const { status, json, headers } = await ask(route, sent);
        if (status !== 200) return;
        if (!('code' in json)) {
          expect(changes(route.body as Shape, JSON.parse(sent.body), json)).toEqual([]);
        }
        const location = headers.get('location');
        if (location) {
          const read = await ask({ ...route, method: 'GET' }, { path: location });
          const { clientSecret: _shownOnce, ...made } = json;
          expect(read.json).toEqual(made);
        }
        // What was accepted once is accepted again; but the id at a partner may be another by now, and updated_at has to
        // be later each time.
        if (
          route.method !== 'POST' &&
          !route.path.includes('external') &&
          !('updated_at' in (body as object))
        )
          expect((await ask(route, sent)).status).toBe(200);
      }),
      runs(route, route.path.startsWith('/v1/contact') ? 6 : 4),
    );
  });

  it('a contact is found by the ids it has at partners, whatever these hold', async () => {
    const create = routes.find(({ method, path }) => method === 'POST' && path === '/v1/contact')!;
    const read = { ...create, method: 'GET' };
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      const id = `${index} ${text}`.slice(0, 150);
      const made = await ask(create, {
        path: '/v1/contact',
        body: JSON.stringify({ fullName: text, integrations: { jazz: { id } } }),
      });
      expect(made.json).toMatchObject({ integrations: { jazz: { id } } });
      const found = await ask(read, { path: `/v1/contact/external/jazz/${encodeURIComponent(id)}` });
      expect(found.json).toEqual(made.json);
    }
  });

  it.each([
    ['path', `https://x.example/${LONG_UNICODE}`, 200],
    ['query', `x.example?q=${LONG_UNICODE}`, 200],
    ['host', LONG_UNICODE, 400],
    ['bracketed host', `http://[${LONG_UNICODE}`, 400],
  ])('a link with a very long %s, in any script', async (_part, link, expected) => {
    const create = routes.find(({ method, path }) => method === 'POST' && path === '/v1/contact')!;
    const { status, json } = await ask(create, {
      path: '/v1/contact',
      body: JSON.stringify({ links: [link] }),
    });
    expect(status).toBe(expected);
    if (status === 200) expect(json.links).toEqual([link]);
  });
});

describe('a body with one thing wrong, or everything, is answered and not a fault', () => {
  it.each(named(taking))('%s', async (_name, route) => {
    const wrong = fc.oneof(bodyOf(route).chain(mutated), hostileObject(route.body as Shape));
    await fc.assert(
      fc.asyncProperty(pathOf(route), wrong, async (path, body) => {
        await ask(route, { path, body: JSON.stringify(body) });
      }),
      runs(route, 6),
    );
  });
});

describe('a hostile body is answered and not a fault', () => {
  it.each(named(taking))('%s', async (_name, route) => {
    const [path] = fc.sample(pathOf(route), { seed: seedOf(route), numRuns: 1 });
    const [property = 'id'] = Object.keys((route.body as Shape).properties ?? {});
    for (const body of Object.values(HOSTILE_BODIES)) await ask(route, { path: path!, body: body(property) });
  });

  it('of another content type: 415, unless the route says it takes it', async () => {
    const types = [
      'text/plain',
      'text/html',
      'multipart/form-data; boundary=x',
      'application/xml',
      'application/jsonp',
      'x',
    ];
    for (const route of taking) {
      const path = route.path.replaceAll(/\{\w+\}/g, 'none');
      const type = types[taking.indexOf(route) % types.length]!;
      const { status } = await ask(route, { path, body: '{}', headers: { 'content-type': type } });
      expect([route.path, type, status]).toEqual([route.path, type, 415]);
      const form = await ask(route, {
        path,
        body: 'fullName=By+a+form&value=By+a+form',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      const takesForms = route.permission === 'public';
      expect([route.path, form.status === 415]).toEqual([route.path, !takesForms]);
    }
  });
});

describe('hostile paths and query parameters are answered and not a fault', () => {
  it.each(named(asking))('%s', async (_name, route) => {
    const parameters = Object.entries((route.query as Shape | undefined)?.properties ?? {});
    const pairs = fc.array(
      fc.oneof(
        ...parameters.map(([name, inner]) =>
          fc.tuple(
            fc.constant(name),
            fc.oneof(valuesOf(inner, {}), fc.constantFrom(...HOSTILE_TEXTS, '', '0x10', '1e9', '-0')),
          ),
        ),
        fc.tuple(
          fc.constantFrom('starting_after', '__proto__', 'limit[]', 'limit[gt]', '😀'),
          fc.constantFrom(...HOSTILE_TEXTS),
        ),
      ),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(pathOf(route), pairs, async (path, given) => {
        const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
        await ask(route, { path: `${path}?${query}` });
      }),
      runs(route, route.query ? 4 : 2),
    );
  });

  it('a parameter that comes twice, or half encoded', async () => {
    for (const route of routes.filter(({ query }) => query)) {
      const [name] = Object.keys((route.query as Shape).properties!);
      for (const query of [
        `${name}=1&${name}=2`,
        `${name}=1e400`,
        `${name}=%zz`,
        `${name}=%ff%fe`,
        `${name}=a%00b`,
        `=&&=%&${name}`,
      ]) {
        await ask(route, { path: `${route.path}?${query}` });
      }
    }
  });
});

describe('where unknown fields are a 400', () => {
  it('names them, whatever they are called, and does not mind them on pages', async () => {
    const strict = await serverForThisTest({ strict: true });
    const { admin } = await strict.company();
    const ask = async (method: string, path: string, body: string | undefined, page: boolean) => {
      const answer = await fetch(`${strict.url}${path}`, {
        method,
        headers: { authorization: admin.token, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body } : {}),
      });
      const { status, headers } = answer;
      checkAnswer({ method, path, status, headers, text: await answer.text(), page }, worlds.secrets);
      return status;
    };
    for (const name of [
      '__proto__',
      'constructor',
      `${'a'.repeat(79)}😀`,
      'x'.repeat(50_000),
      '\u0000',
      '\ud83d',
    ]) {
      expect(await ask('POST', '/v1/teams', `{"name":"x","${name}":1}`, false)).toBe(400);
      const inQuery = encodeURIComponent(name.slice(0, 500).toWellFormed());
      expect(await ask('GET', `/v1/teams?${inQuery}=1`, undefined, false)).toBe(400);
      expect(await ask('GET', `/invitation/none?${inQuery}=1`, undefined, true)).toBe(404);
    }
  });
});

describe('what no client library sends', () => {
  const token = () => `authorization: ${worlds.admin.token}\r\n`;
  const request =
    (line: string, headers = '', body = '') =>
    () =>
      `${line}\r\nhost: x\r\nconnection: close\r\n${token()}${headers}\r\n${body}`;
  const json = 'content-type: application/json\r\n';
  const long = 'x'.repeat(2_000);

  it.each([
    ['half an escape in the path', 400, request('GET /v1/contact/%zz HTTP/1.1')],
    ['an escape that is cut', 400, request('GET /v1/contact/% HTTP/1.1')],
    ['a path that is not UTF-8', 400, request('GET /v1/contact/%ff%fe HTTP/1.1')],
    ['NUL in the path', 400, request('GET /v1/contact/%00 HTTP/1.1')],
    ['dots in the path', 404, request('GET /v1/../v1/contact/../../etc/passwd HTTP/1.1')],
    ['slashes in the path', 404, request('GET //v1//contact//x HTTP/1.1')],
    ['backslashes in the path', 404, request('GET /v1\\contact\\x HTTP/1.1')],
    ['an id of two thousand characters', 400, request(`GET /v1/contact/${long} HTTP/1.1`)],
    ['an absolute URL', 200, request('GET http://elsewhere.example/v1/statuses HTTP/1.1')],
    ['a fragment', 400, request('GET /v1/statuses?limit=1#x HTTP/1.1')],
    ['a semicolon', 404, request('GET /v1/statuses;limit=1 HTTP/1.1')],
    ['capitals in the path', 404, request('GET /V1/STATUSES HTTP/1.1')],
    ['OPTIONS for everything', 404, request('OPTIONS * HTTP/1.1')],
    ['TRACE', 404, request('TRACE /v1/statuses HTTP/1.1')],
    ['a method that the route lacks', 404, request('DELETE /v1/statuses HTTP/1.1')],
    ['a body on GET', 200, request('GET /v1/statuses HTTP/1.1', `${json}content-length: 2\r\n`, '{}')],
    [
      'a body that is announced and empty',
      400,
      request('POST /v1/teams HTTP/1.1', `${json}content-length: 0\r\n`),
    ],
    ['no content type', 415, request('POST /v1/teams HTTP/1.1', 'content-length: 2\r\n', '{}')],
    [
      'a content type twice',
      400,
      request('POST /v1/teams HTTP/1.1', `${json}${json}content-length: 2\r\n`, '{}'),
    ],
    [
      'another charset',
      400,
      request(
        'POST /v1/teams HTTP/1.1',
        'content-type: application/json; charset=utf-16\r\ncontent-length: 2\r\n',
        '{}',
      ),
    ],
    [
      'a packed body',
      400,
      request(
        'POST /v1/teams HTTP/1.1',
        `${json}content-encoding: gzip\r\ncontent-length: 4\r\n`,
        '\u001f\u008b\u0008\u0000',
      ),
    ],
    [
      'chunks',
      200,
      request(
        'POST /v1/globaltags HTTP/1.1',
        `${json}transfer-encoding: chunked\r\n`,
        '17\r\n{"value":"In chunks 1"}\r\n0\r\n\r\n',
      ),
    ],
    ['two tokens', 200, request('GET /v1/statuses HTTP/1.1', 'authorization: another\r\n')],
    [
      'a token with odd bytes',
      401,
      () =>
        'GET /v1/statuses HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer \u00e9\u00ff\u0080\r\n\r\n',
    ],
    [
      'a JSON web token without a signature',
      401,
      () =>
        `GET /v1/statuses HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${worlds.admin.token.split('.').slice(0, 2).join('.')}.\r\n\r\n`,
    ],
    [
      'a JSON web token that wants no algorithm',
      401,
      () =>
        `GET /v1/statuses HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.${worlds.admin.token.split('.')[1]}.\r\n\r\n`,
    ],
    [
      'Basic without a colon',
      400,
      () => 'GET /v1/auth HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic eHg=\r\n\r\n',
    ],
    [
      'Basic with NUL',
      400,
      () => 'GET /v1/auth HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic AAAAOgAA\r\n\r\n',
    ],
    [
      'Basic of eight thousand characters',
      401,
      () =>
        `GET /v1/auth HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic ${Buffer.from(`${'e'.repeat(6_000)}:x`).toString('base64')}\r\n\r\n`,
    ],
    ['a request id that is none', 200, request('GET /v1/statuses HTTP/1.1', 'x-request-id: <script>\r\n')],
    ['HTTP 1.0 without a host', 200, () => `GET /v1/statuses HTTP/1.0\r\n${token()}\r\n`],
  ])('%s: %i', async (_what, status, bytes) => {
    const answer = await rawRequest(server.url, Buffer.from(bytes(), 'latin1'));
    checkAnswer({ method: 'RAW', path: bytes().slice(0, 60), page: false, ...answer }, worlds.secrets);
    expect(answer.status).toBe(status);
  });

  // docs/errors.md: refused before it reaches the API.
  it.each([
    ['no HTTP', 400, 'hello\r\n\r\n'],
    ['a method that is none', 400, 'BREW /v1/statuses HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['a header with a line break inside', 400, 'GET / HTTP/1.1\r\nhost: x\r\nx: a\rb\r\n\r\n'],
    [
      'two lengths',
      400,
      'POST /v1/teams HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
    ],
    [
      'a length and chunks',
      400,
      'POST /v1/teams HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}',
    ],
    [
      'headers of 20 KiB',
      431,
      `GET /v1/statuses HTTP/1.1\r\nhost: x\r\ncookie: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
  ])('%s: %i', async (_what, status, bytes) => {
    const answer = await rawRequest(server.url, bytes);
    checkAnswer({ method: 'RAW', path: bytes.slice(0, 60), page: false, ...answer }, worlds.secrets);
    expect(answer.status).toBe(status);
  });

  it('HTTP 1.1 without a host: 400, by Node.js itself, with nothing in it', async () => {
    const answer = await rawRequest(server.url, 'GET /v1/statuses HTTP/1.1\r\nconnection: close\r\n\r\n');
    expect([answer.status, answer.text.replace(/^0\s*/, '')]).toEqual([400, '']);
  });

  it('a page whose address is no text: 400, as a page', async () => {
    const answer = await rawRequest(server.url, request('GET /invitation/a%00b HTTP/1.1')());
    checkAnswer({ method: 'RAW', path: '/invitation', page: true, ...answer }, worlds.secrets);
    expect(answer.status).toBe(400);
  });

  it('two hundred headers', async () => {
    const headers = Array.from({ length: 200 }, (_, index) => `x-${index}: ${index}\r\n`).join('');
    const answer = await rawRequest(server.url, request('GET /v1/statuses HTTP/1.1', headers)());
    checkAnswer({ method: 'RAW', path: '/v1/statuses', page: false, ...answer }, worlds.secrets);
  });
});
