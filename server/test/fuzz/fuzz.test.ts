import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppRoute, describedApp } from '../app-routes.ts';
import { type Answer, PASSWORD, serverForThisTest, startServer, type TestServer } from '../harness.ts';
import { followed } from '../suite.ts';
import { checkAnswer } from './answer-checks.ts';
import { hostileObject, mutated, type Shape, valuesOf } from './arbitraries.ts';
import { ATTENDEE, eventReferences, fittingField, forms, searches } from './event-worlds.ts';
import { HOSTILE_BODIES, HOSTILE_TEXTS, LONG_UNICODE } from './hostile.ts';
import { changes } from './kept-as-sent.ts';
import { HOSTILE_FORMS, MULTIPART, multipart } from './multipart.ts';
import { rawRequest } from './raw-http.ts';
import { customerChanges, importChanges } from './suite-kept.ts';
import { PICTURE, suiteBodies } from './suite-worlds.ts';
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

type Body = Answer['body'];

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
      ...signedIn(route),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
  });
  const text = await response.text();
  const answer = { method: route.method, path, status: response.status, headers: response.headers, text };
  const lost = response.status === 404 && !response.headers.get('content-type')?.startsWith('text/html');
  checkAnswer({ ...answer, page: route.page && !lost }, worlds.secrets);
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { ...answer, json: isJson && text ? JSON.parse(text) : undefined };
}

/** As the page, the door or the API wants it. */
function signedIn({ path, permission }: AppRoute): Record<string, string> {
  const { admin, reader, ours } = worlds;
  if (path.startsWith('/mail')) {
    const credentials = Buffer.from(`${reader.email}:${PASSWORD}`).toString('base64');
    return { authorization: `Basic ${credentials}`, origin: server.url };
  }
  if (permission === 'public') return { cookie: ours.doorCookie!.join('; ') };
  return { authorization: path.startsWith(SUITE) ? `Token ${ours.session}` : admin.token };
}

const pathOf = (route: AppRoute): fc.Arbitrary<string> => {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const ids = names.map((name) => {
    const any = idsFor(kindOf(name, route), worlds.ours, worlds.theirs);
    if (name !== 'companyId') return any;
    // There is more in the path that can be wrong.
    return fc.oneof({ weight: 9, arbitrary: fc.constant(worlds.ours.companyId![0]!) }, any);
  });
  const path = fc
    .tuple(...ids)
    .map((values) =>
      names.reduce(
        (path, name, at) => path.replace(`{${name}}`, () => encodeURIComponent(values[at]!)),
        route.path,
      ),
    );
  return names.includes('token') && route.path.startsWith(SUITE)
    ? fc.oneof(path, fc.constantFrom(...worlds.ours.photoPath!))
    : path;
};
/** What a parameter names, where its own name does not tell. */
function kindOf(parameter: string, { path }: AppRoute): string {
  if (parameter === 'slug') return path.startsWith('/register') ? 'registration' : 'door';
  if (parameter !== 'token') return parameter;
  return path.startsWith(SUITE) ? 'photo' : path.startsWith('/ticket') ? 'ticket' : 'invitation';
}
const bodyOf = (route: AppRoute): fc.Arbitrary<unknown> => {
  const { ours, theirs } = worlds;
  if (/^\/(?:register|check-in|ticket)\//.test(route.path)) return forms(ours, theirs);
  if (route.path.startsWith('/invitation/')) return CHOICES;
  if (route.path.startsWith(SUITE)) return suiteBodies(route, ours, theirs);
  if (isSearch(route)) return searches(ours, theirs);
  const known = {
    ...references(ours, theirs),
    ...(route.path.startsWith(EVENTS) ? eventReferences(ours, theirs) : {}),
    ...(route.path.includes('/attendees') ? ATTENDEE : {}),
  };
  const bodies = valuesOf(route.body as Shape, known);
  if (!route.path.startsWith(`${EVENTS}/customfields`)) return bodies;
  return bodies.map((body) => fittingField(body, route.method === 'POST'));
};
const SUITE = '/api/v3/';
const EVENTS = '/v1/attractEvents';
/** Passwords as people choose them. */
const CHOICES = fc
  .tuple(fc.constantFrom(PASSWORD, PASSWORD, PASSWORD, 'short'), fc.constantFrom(true, true, true, false))
  .map(([password, same]) => ({ password, repetition: same ? password : 'another' }));
/** What it is sent is no record's. */
const isSearch = ({ path }: AppRoute) => path === `${EVENTS}/search`;
const runsOf = ({ page, path }: AppRoute) =>
  page || path.startsWith(SUITE) ? 12 : /^\/v1\/(?:contact|attractEvents)/.test(path) ? 6 : 4;
const takesFiles = ({ consumes }: AppRoute) => consumes.includes('multipart/form-data');
const reading = (route: AppRoute): AppRoute => ({ ...route, method: 'GET' });

/** What of a body was not kept under /api/v3. */
async function suiteChanges(
  route: AppRoute,
  { sent, body }: { sent: Sent; body: unknown },
  got: Body,
  before: Body,
): Promise<string[]> {
  const read = async (path: string, headers?: Record<string, string>) =>
    (await ask({ ...reading(route), permission: undefined }, { path, ...(headers ? { headers } : {}) })).json;
  if (route.path.endsWith('/batch-import/')) {
    const again = async () => (await ask(route, sent)).json;
    return importChanges(body as Body[], got, { read: (uri) => read(followed(uri)), again });
  }
  if (!route.path.endsWith('/api-token-auth/')) return customerChanges(asJson(body), got, before);
  const company = `${SUITE}companies/${worlds.ours.companyId}/`;
  const { id } = await read(company, { authorization: `Token ${got.token}` });
  return String(id) === worlds.ours.companyId![0] ? [] : [`the token ${got.token} is none`];
}

const asJson = (value: unknown): Body => JSON.parse(JSON.stringify(value));

/** As browsers send it, where that is a form. */
const encoded = (route: AppRoute, body: unknown): Pick<Sent, 'body' | 'headers'> =>
  route.page
    ? {
        body: new URLSearchParams(body as Record<string, string>).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }
    : { body: JSON.stringify(body) };

describe('a body that fits the schema is kept as it was sent', () => {
  it.each(named(taking))('%s', async (_name, route) => {
    await fc.assert(
      fc.asyncProperty(pathOf(route), bodyOf(route), async (path, body) => {
        const sent = { path, ...encoded(route, body) };
        const isSuite = route.path.startsWith(SUITE);
        const before = isSuite && route.method === 'PATCH' ? await ask(reading(route), { path }) : undefined;
        const { status, json, headers } = await ask(route, sent);
        if (status >= 300 || route.page) return;
        if (isSuite) expect(await suiteChanges(route, { sent, body }, json, before?.json)).toEqual([]);
        else if (!('code' in json) && !isSearch(route)) {
          expect(changes(route.body as Shape, asJson(body), json)).toEqual([]);
        }
        const location = headers.get('location');
        if (location) {
          const read = await ask(reading(route), { path: followed(new URL(location, server.url).href) });
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
          expect((await ask(route, sent)).status).toBe(status);
      }),
      runs(route, runsOf(route)),
    );
  });

  it.each(named(taking.filter(takesFiles)))('%s, as a form with a file', async (_name, route) => {
    const photo = fc.constantFrom(PICTURE, Buffer.alloc(0), Buffer.from('no picture'));
    await fc.assert(
      fc.asyncProperty(pathOf(route), bodyOf(route), photo, async (path, body, file) => {
        const fields = Object.entries({ ...(body as object), photo: file }).filter(
          ([name, value]) => value !== null && !(route.body as Shape).properties?.[name]?.readOnly,
        );
        const before = route.method === 'PATCH' ? await ask(reading(route), { path }) : undefined;
        const form = { path, body: multipart(Object.fromEntries(fields)), headers: MULTIPART };
        const { status, json } = await ask(route, form);
        if (status >= 300) return;
        const sent = { ...Object.fromEntries(fields), photo: file.length > 0 ? 'a file' : '' };
        expect(customerChanges(sent, json, before?.json)).toEqual([]);
      }),
      // Not what was sent as JSON: that is there by now.
      runs({ ...route, path: `${route.path} as a form` }, 12),
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
      const others = types.filter((type) => !route.consumes.includes(type.split(';')[0]!));
      const type = others[taking.indexOf(route) % others.length]!;
      const { status } = await ask(route, { path, body: '{}', headers: { 'content-type': type } });
      expect([route.path, type, status]).toEqual([route.path, type, 415]);
      const form = await ask(route, {
        path,
        body: 'fullName=By+a+form&value=By+a+form',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      const takesForms = route.consumes.includes('application/x-www-form-urlencoded');
      expect([route.path, form.status === 415]).toEqual([route.path, !takesForms]);
    }
  });
});

describe('a hostile form with files is answered and not a fault', () => {
  it.each(named(taking.filter(takesFiles)))('%s', async (_name, route) => {
    const [path] = fc.sample(pathOf(route), { seed: seedOf(route), numRuns: 1 });
    for (const body of Object.values(HOSTILE_FORMS)) {
      await ask(route, { path: path!, body: body(PICTURE), headers: MULTIPART });
    }
    for (const type of [
      '',
      '; boundary=',
      '; boundary="',
      `; boundary=${'x'.repeat(71)}`,
      '; boundary=\u00fc',
    ]) {
      const headers = { 'content-type': `multipart/form-data${type}` };
      const { status } = await ask(route, { path: path!, body: multipart({ role: 'x' }), headers });
      expect([type, status]).toEqual([type, 400]);
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
    const { id, admin } = await strict.company();
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
      const customers = `/api/v3/companies/${id}/customers/`;
      const body = `{"email":"a@x.example","account_type":"recruiter","${name}":1}`;
      expect(await ask('POST', customers, body, false)).toBe(400);
      expect(await ask('GET', `${customers}?${inQuery}=1`, undefined, false)).toBe(400);
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

  const asOwner =
    (line: string, headers = '', body = '') =>
    () =>
      `${line.replace('COMPANY', `/api/v3/companies/${worlds.ours.companyId}`)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Token ${worlds.ours.session}\r\n${headers}\r\n${body}`;
  const tokened = (authorization: () => string) => () =>
    `GET /api/v3/companies/${worlds.ours.companyId}/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: ${authorization()}\r\n\r\n`;
  const session = () => worlds.ours.session![0]!;

  it.each([
    ['a company', 200, asOwner('GET COMPANY/')],
    ['half an escape in the path', 400, asOwner('GET COMPANY/customers/%zz/')],
    ['a path that is not UTF-8', 400, asOwner('GET COMPANY/customers/%ff%fe/')],
    ['NUL in the path', 400, asOwner('GET COMPANY/customers/%00/')],
    ['an id of two thousand characters', 400, asOwner(`GET COMPANY/customers/${long}/`)],
    ['a photo of two thousand characters', 400, asOwner(`GET COMPANY/customers/1/photo/${long}/`)],
    ['dots in the path', 404, asOwner('GET COMPANY/customers/../../1/')],
    ['slashes in the path', 404, asOwner('GET COMPANY//customers//1/')],
    ['capitals in the path', 404, asOwner('GET /API/V3/companies/1/')],
    ['a number in other digits', 404, asOwner('GET COMPANY/customers/%D9%A1/')],
    ['a method that the route lacks', 404, asOwner('PUT COMPANY/customers/1/')],
    ['a route that is none', 404, asOwner('GET /api/v3/none/')],
    [
      'a body that is announced and empty',
      400,
      asOwner('POST COMPANY/customers/', `${json}content-length: 0\r\n`),
    ],
    ['no content type', 415, asOwner('POST COMPANY/customers/', 'content-length: 2\r\n', '{}')],
    [
      'a JSON list of a form',
      415,
      asOwner(
        'POST COMPANY/customers/batch-import/',
        'content-type: multipart/form-data; boundary=x\r\ncontent-length: 2\r\n',
        '[]',
      ),
    ],
    ['a token in capitals', 200, tokened(() => `TOKEN ${session().toUpperCase()}`)],
    ['a token of 39 digits', 401, tokened(() => `Token ${session().slice(1)}`)],
    ['a token of 41 digits', 401, tokened(() => `Token ${session()}0`)],
    ['a token of a company past all numbers', 401, tokened(() => `Token ffffffff${session().slice(8)}`)],
    ['a token with odd bytes', 401, tokened(() => 'Token \u00e9\u00ff\u0080')],
    ['a password', 401, tokened(() => `Basic ${Buffer.from(`x:${PASSWORD}`).toString('base64')}`)],
  ])('under /api/v3, %s: %i', async (_what, status, bytes) => {
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
