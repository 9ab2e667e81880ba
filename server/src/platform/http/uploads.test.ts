import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UploadedFile } from '../files/uploaded-file.ts';
import { endpoint } from './endpoint.ts';
import { mount } from './mount.ts';
import { rateLimits } from './rate-limits.ts';
import { text } from './schema.ts';
import { httpServer } from './server.ts';

const MIB = 1024 * 1024;
const verb = { permission: 'public', transaction: false, run: async (_: unknown, input: unknown) => input };
const Body = Type.Object(
  Object.fromEntries([
    ['photo', Type.Optional(Type.Unsafe<string | UploadedFile>({}))],
    ['first_name', Type.Optional(text(2 * MIB))],
    ['naïve "name"', Type.Optional(text(10))],
    ['__proto__', Type.Optional(text(10))],
  ]),
);
/** Answers what reached the route: a text as it is, of a file its name and its bytes. */
const echo = (path: string, more: { consumes?: string[]; upload?: boolean }) =>
  endpoint({
    method: 'POST',
    path,
    permission: 'public',
    operationId: path,
    tag: 'test',
    summary: 'echo',
    body: Body,
    responses: { 200: 'OK' },
    verb,
    input: ({ body }) => body as unknown,
    answer: (output) => ({
      status: 200,
      body: Object.fromEntries(
        Object.entries(output as object).map(([name, value]) => [
          name,
          value instanceof UploadedFile
            ? { filename: value.filename, bytes: value.file.length, head: value.file.toString('hex', 0, 8) }
            : value,
        ]),
      ),
    }),
    ...more,
  });

let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  app = httpServer({
    log: pino({ level: 'silent' }),
    authenticate: async () => ({ companyId: 1 }),
    limits: rateLimits({ company: 0, auth: 0 }),
    draining: () => false,
  });
  const multipart = ['multipart/form-data'];
  mount(
    app,
    [
      echo('/api/v3/upload/', { consumes: multipart, upload: true }),
      echo('/api/v3/form/', { consumes: multipart }),
      echo('/api/v3/json/', {}),
      echo('/v1/upload', { consumes: multipart, upload: true }),
    ],
    { perform: async (one, _actor, _request, input) => one.run({} as never, input as never), strict: false },
  );
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

type Sent = string | FormData | Uint8Array<ArrayBuffer>;

async function post(path: string, body: Sent, type?: string) {
  const response = await fetch(url + path, {
    method: 'POST',
    body,
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** A form as a client's library writes it. */
function form(...fields: [name: string, value: string | Uint8Array<ArrayBuffer>, filename?: string][]) {
  const data = new FormData();
  for (const [name, value, filename] of fields) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([value], { type: 'image/png' }), filename ?? 'photo.png');
  }
  return data;
}

const TYPE = 'multipart/form-data; boundary=frontier';
/** A form by hand: every line as given, ended by CRLF. */
const lines = (...given: string[]) => `${given.join('\r\n')}\r\n`;
const field = (name: string, value: string) => [
  '--frontier',
  `Content-Disposition: form-data; name=${name}`,
  '',
  value,
];

describe('multipart forms', () => {
  it('200: texts and files, under their names, byte by byte', async () => {
    const every = Uint8Array.from({ length: 256 * 300 }, (_, at) => at % 256);
    const answer = await post(
      '/api/v3/upload/',
      form(['first_name', 'Zoë\r\n--frontier 😀'], ['naïve "name"', ''], ['photo', every, 'C:\\own\\me.png']),
    );
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        first_name: 'Zoë\r\n--frontier 😀',
        'naïve "name"': '',
        photo: { filename: 'me.png', bytes: every.length, head: '0001020304050607' },
      },
    ]);
  });

  it('200: as curl, browsers and the RFC write it', async () => {
    const body = lines(
      'a preamble',
      '--frontier',
      'content-type: text/plain; charset=UTF-8',
      'CONTENT-DISPOSITION: Form-Data ;  name="first_name"',
      '',
      'Ada',
      '--frontier',
      'Content-Disposition: form-data; name=photo; filename="a \\"b\\".png"; filename*=UTF-8\'\'c.png',
      '',
      '',
      '--frontier--',
      'an epilogue',
    );
    for (const type of [TYPE, 'Multipart/Form-Data; charset=utf-8; Boundary="frontier"']) {
      expect(await post('/api/v3/upload/', body, type)).toMatchObject({
        status: 200,
        body: { first_name: 'Ada', photo: { filename: 'a "b".png', bytes: 0 } },
      });
    }
  });

  it('200: unknown fields and files are named and dropped; a form may be empty', async () => {
    const answer = await post('/api/v3/upload/', form(['zodiac', 'x'], ['cv', Uint8Array.of(1)]));
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect(answer.headers.get('x-ignored-fields')).toBe('zodiac, cv');
    expect(await post('/api/v3/upload/', lines('--frontier--'), TYPE)).toMatchObject({
      status: 200,
      body: {},
    });
  });

  it('200: a name that means something to JavaScript is a name', async () => {
    const { status, body } = await post('/api/v3/upload/', form(['__proto__', 'x']));
    expect([status, Object.entries(body)]).toEqual([200, [['__proto__', 'x']]]);
  });

  it('400: a file where a text belongs, and an object that only looks like a file', async () => {
    expect(await post('/api/v3/upload/', form(['first_name', Uint8Array.of(1)]))).toMatchObject({
      status: 400,
      body: { first_name: ['must be a string'] },
    });
    const json = await post(
      '/api/v3/upload/',
      '{"photo": {"file": "x", "filename": "y"}}',
      'application/json',
    );
    expect(json.body).toEqual({ photo: { file: 'x', filename: 'y' } });
  });

  it('400: a field that comes twice, by its name', async () => {
    const cases: [Sent, object][] = [
      [form(['first_name', 'Ada'], ['first_name', 'Ada']), { first_name: ['must be sent once'] }],
      [form(['zodiac', ''], ['zodiac', '']), { zodiac: ['must be sent once'] }],
      [form(['photo', Uint8Array.of(1)], ['photo', Uint8Array.of(2)]), { photo: ['must be one file'] }],
      [form(['photo', 'x'], ['photo', Uint8Array.of(2)]), { photo: ['must be sent once'] }],
    ];
    for (const [body, expected] of cases) {
      expect(await post('/api/v3/upload/', body)).toMatchObject({ status: 400, body: expected });
    }
  });

  it('400: a file over 10 MiB, a text over 1 MiB, by its name', async () => {
    const file = (bytes: number) => form(['photo', new Uint8Array(bytes)]);
    const name = (bytes: number) => form(['first_name', 'x'.repeat(bytes)]);
    expect((await post('/api/v3/upload/', file(10 * MIB))).body.photo.bytes).toBe(10 * MIB);
    expect((await post('/api/v3/upload/', name(MIB))).status).toBe(200);
    expect(await post('/api/v3/upload/', file(10 * MIB + 1))).toMatchObject({
      status: 400,
      body: { photo: ['must be at most 10 MiB'] },
    });
    expect(await post('/api/v3/upload/', name(MIB + 1))).toMatchObject({
      status: 400,
      body: { first_name: ['must be at most 1 MiB'] },
    });
  });

  it('400: more than fifty fields, and a million at no cost', async () => {
    const many = (count: number) =>
      form(...Array.from({ length: count }, (_, at) => [`f${at}`, ''] as [string, string]));
    expect((await post('/api/v3/upload/', many(50))).status).toBe(200);
    const one = field('f', '').join('\r\n');
    for (const body of [many(51), `${one}\r\n`.repeat(250_000), '--frontier\r\n\r\n\r\n'.repeat(1_000_000)]) {
      expect(await post('/api/v3/upload/', body, typeof body === 'string' ? TYPE : undefined)).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('at most 50 fields') },
      });
    }
  });

  it('400: a text that cannot be kept as it is', async () => {
    const nul = await post('/api/v3/upload/', form(['first_name', 'a\0b']));
    expect([nul.status, nul.body]).toEqual([400, { first_name: [expect.stringContaining('U+0000')] }]);
    const latin = Buffer.from(lines(...field('first_name', 'Zo\xeb'), '--frontier--'), 'latin1');
    expect(await post('/api/v3/upload/', latin, TYPE)).toMatchObject({
      status: 400,
      body: { first_name: ['must be UTF-8'] },
    });
    for (const name of ['\xff', 'a\0b']) {
      const body = Buffer.from(lines(...field(`"${name}"`, 'x'), '--frontier--'), 'latin1');
      expect(await post('/api/v3/upload/', body, TYPE)).toMatchObject({
        status: 400,
        body: { detail: expect.stringMatching(/^body: the names/) },
      });
    }
  });

  const whole = lines(...field('first_name', 'Ada'), '--frontier--');
  it.each([
    ['empty', ''],
    ['no multipart', 'first_name=Ada'],
    ['another boundary', whole.replaceAll('frontier', 'border')],
    ['cut off in a header', whole.slice(0, 30)],
    ['cut off before the content', whole.slice(0, whole.indexOf('\r\n\r\n'))],
    ['cut off in the content', whole.slice(0, whole.indexOf('Ada') + 1)],
    ['without an end', whole.replace('--frontier--', '')],
    ['without an end, a part begun', whole.replace('--frontier--', '--frontier')],
    ['with bare line feeds', whole.replaceAll('\r', '')],
    ['without a header', lines('--frontier', '', 'x', '--frontier--')],
    [
      'with an end of headers that never comes',
      lines('--frontier', 'Content-Disposition: form-data; name=a', '--frontier--'),
    ],
    ['no form-data', whole.replace('form-data', 'attachment')],
    ['without a name', whole.replace('; name=first_name', '')],
    ['an empty name', whole.replace('name=first_name', 'name=""')],
    ['a name that never ends', whole.replace('name=first_name', 'name="first_name')],
    ['a name behind eight kilobytes', whole.replace('Content-D', `X: ${'x'.repeat(9000)}\r\nContent-D`)],
    ['a name behind twenty headers', whole.replace('Content-D', `${'X: x\r\n'.repeat(20)}Content-D`)],
    ['quotes that open and open', whole.replace('name=first_name', 'a="; '.repeat(1600))],
  ])('400: %s', async (_what, body) => {
    const answer = await post('/api/v3/upload/', body, TYPE);
    expect([answer.status, answer.body]).toEqual([400, { detail: expect.stringMatching(/^body: /) }]);
    const v1 = await post('/v1/upload', body, TYPE);
    expect([v1.status, v1.body.code]).toEqual([400, 400]);
  });

  it.each([
    '',
    '; charset=utf-8',
    '; boundary=',
    '; boundary=""',
    `; boundary=${'x'.repeat(71)}`,
    '; boundary="a\\""',
  ])('4xx: a content type without a usable boundary (%j)', async (parameters) => {
    const answer = await post('/api/v3/upload/', whole, `multipart/form-data${parameters}`);
    expect([400, 415]).toContain(answer.status);
    expect(answer.body).toEqual({ detail: expect.any(String) });
  });

  it('415: where a route does not take forms', async () => {
    expect((await post('/api/v3/json/', form(['first_name', 'Ada']))).status).toBe(415);
  });
});

describe('the size of bodies', () => {
  const json = (bytes: number) => JSON.stringify({ photo: 'x'.repeat(bytes - 12) });
  it('200: up to 16 MiB where files are taken, as JSON too', async () => {
    expect(json(16 * MIB)).toHaveLength(16 * MIB);
    const { status, body } = await post('/api/v3/upload/', json(16 * MIB), 'application/json');
    expect([status, body.photo.length]).toEqual([200, 16 * MIB - 12]);
  });

  it('413: over 16 MiB, and over 1 MiB elsewhere; the answer says which', async () => {
    const cases: [string, string, number, string][] = [
      ['/api/v3/upload/', 'application/json', 16 * MIB + 1, '16 MiB'],
      ['/api/v3/upload/', TYPE, 16 * MIB + 1, '16 MiB'],
      ['/api/v3/form/', TYPE, MIB + 1, '1 MiB'],
      ['/api/v3/json/', 'application/json', MIB + 1, '1 MiB'],
    ];
    for (const [path, type, bytes, limit] of cases) {
      // Only announced: an answer that comes while a client still sends can be lost with the connection.
      const answer = await raw(path, type, bytes, '');
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain(`{"detail":"the body is larger than ${limit}"}`);
    }
  });

  it('413: over 16 MiB, not announced', async () => {
    const stream = new Blob(Array(17).fill('x'.repeat(MIB))).stream();
    const answer = await fetch(`${url}/api/v3/upload/`, {
      method: 'POST',
      headers: { 'content-type': TYPE },
      body: stream,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
  });

  it('a client that goes away in the middle leaves the server as it was', async () => {
    const half = Buffer.from(lines(...field('first_name', 'x'.repeat(100_000))).slice(0, 50_000));
    for (const type of [TYPE, 'application/json']) {
      const answer = await raw('/api/v3/upload/', type, 200_000, half, true);
      expect(answer).toBe('');
      expect((await post('/api/v3/upload/', form(['first_name', 'Ada']))).body).toEqual({
        first_name: 'Ada',
      });
    }
  });
});

/** A POST by hand, which says how long it is and sends what it has; `leave`: and goes away. */
async function raw(
  path: string,
  type: string,
  length: number,
  body: string | Buffer,
  leave = false,
): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`,
  );
  socket.write(body);
  if (leave) await once(app.server, 'request').then(() => socket.destroy());
  await once(socket, 'close');
  return answer;
}
