import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import {
  type Answer,
  type Caller,
  startServer,
  type TestCompany,
  type TestServer,
} from '../../../test/harness.ts';

let server: TestServer;
let company: TestCompany;
let other: TestCompany;
let admin: Caller;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
  other = await server.company();
  admin = await company.user('admin');
});
afterAll(() => server.close());

const client = async (userId = company.admin.id) =>
  (await company.admin.post('/v1/apiclients', { name: 'Importer', userId })).body;
const exchange = ({ clientId, clientSecret }: { clientId: string; clientSecret: string }): Promise<Answer> =>
  server.call('POST', '/v1/oauth/token', { body: { clientId, clientSecret } });

describe('GET /v1/apiclients', () => {
  it('200: oldest first, without secrets, a page at a time', async () => {
    const own = await server.company();
    for (const name of ['one', 'two', 'three']) {
      await own.admin.post('/v1/apiclients', { name, userId: own.admin.id });
    }
    const { status, body } = await own.admin.get('/v1/apiclients?limit=2');
    expect(status).toBe(200);
    expect(body.totalCount).toBe(3);
    expect(body.apiClients.map(({ name }: { name: string }) => name)).toEqual(['one', 'two']);
    expect(Object.keys(body.apiClients[0]).sort()).toEqual(['clientId', 'createdAt', 'name', 'userId']);
  });

  it('200: another company sees none of them', async () => {
    await client();
    expect((await other.admin.get('/v1/apiclients')).body).toEqual({ apiClients: [], totalCount: 0 });
  });

  it('400: a limit below 0', async () => {
    expect((await company.admin.get('/v1/apiclients?limit=-1')).status).toBe(400);
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', '/v1/apiclients')).status).toBe(401);
  });

  it('200: every user reads them, the role restricted its own alone', async () => {
    const own = await server.company();
    const [reader, restricted] = [await own.user('limited'), await own.user('restricted')];
    for (const userId of [own.admin.id, restricted.id]) {
      await own.admin.post('/v1/apiclients', { name: 'x', userId });
    }
    expect((await reader.get('/v1/apiclients')).body.totalCount).toBe(2);
    const { body } = await restricted.get('/v1/apiclients');
    expect(body).toEqual({ apiClients: [expect.objectContaining({ userId: restricted.id })], totalCount: 1 });
  });
});

describe('POST /v1/apiclients', () => {
  it("200: a secret that buys tokens with the user's roles, and an audit row", async () => {
    const { status, body, headers } = await company.admin.post('/v1/apiclients', {
      name: ' Importer ',
      userId: admin.id,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Importer', userId: admin.id });
    expect(Buffer.from(body.clientSecret, 'base64url')).toHaveLength(32);
    expect(headers.get('location')).toBe(`/v1/apiclients/${body.clientId}`);

    const { access_token: token } = (await exchange(body)).body;
    expect((await server.call('POST', '/v1/teams', { token, body: { name: 'By a client' } })).status).toBe(
      200,
    );
    expect((await server.call('GET', '/v1/mail', { token })).status).toBe(403);

    const id = body.clientId.split('.')[1];
    const [row] = await server.sql('select action, fields from audit_entry where subject_id = $1', [id]);
    expect(row).toEqual({ action: 'api-client.create', fields: ['name', 'userId'] });
    const [acted] = await server.sql(
      "select api_client_id from audit_entry where action = 'team.create' and company_id = $1",
      [company.id],
    );
    expect(acted).toEqual({ api_client_id: id });
  });

  it('200: the secret is not kept as it is', async () => {
    const { clientSecret } = await client();
    const [found] = await server.sql('select from api_client where position($1 in secret_hash::text) > 0', [
      Buffer.from(clientSecret).toString('hex'),
    ]);
    expect(found).toBeUndefined();
  });

  it.each([
    ['no name', { userId: randomUUID() }, 'name: is required'],
    ['no user', { name: 'x' }, 'userId: is required'],
    ['a user that is not there', { name: 'x', userId: randomUUID() }, 'userId: must be the id of a user'],
    ['a user id that is none', { name: 'x', userId: 'me' }, 'userId: must be the id of a user'],
  ])('400: %s', async (_what, body, message) => {
    const answer = await company.admin.post('/v1/apiclients', body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
  });

  it("400: another company's user is like one that never was", async () => {
    const answer = await company.admin.post('/v1/apiclients', { name: 'x', userId: other.admin.id });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe('userId: must be the id of a user');
  });

  it('400: a blank name', async () => {
    const answer = await company.admin.post('/v1/apiclients', { name: ' ', userId: admin.id });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe('name: must not be empty');
  });

  it('401: without a token', async () => {
    expect((await server.call('POST', '/v1/apiclients', { body: {} })).status).toBe(401);
  });

  it('403: for anyone but a super admin', async () => {
    expect((await admin.post('/v1/apiclients', { name: 'x', userId: admin.id })).status).toBe(403);
  });
});

describe('GET /v1/apiclients/{clientid}', () => {
  it('200: the client without its secret', async () => {
    const { clientSecret, ...shown } = await client();
    expect((await company.admin.get(`/v1/apiclients/${shown.clientId}`)).body).toEqual(shown);
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', '/v1/apiclients/1.x')).status).toBe(401);
  });

  it('200: for every user who sees the user behind it', async () => {
    const { clientId } = await client();
    expect((await admin.get(`/v1/apiclients/${clientId}`)).status).toBe(200);
    const restricted = await company.user('restricted');
    expect((await restricted.get(`/v1/apiclients/${clientId}`)).status).toBe(404);
    const own = await client(restricted.id);
    expect((await restricted.get(`/v1/apiclients/${own.clientId}`)).status).toBe(200);
  });

  it("404: unknown and another company's, under its own number too", async () => {
    const { clientId } = await client();
    const row = clientId.split('.')[1];
    for (const id of ['none', `${other.id}.${row}`, clientId]) {
      expect((await other.admin.get(`/v1/apiclients/${id}`)).status).toBe(404);
    }
    expect((await company.admin.get(`/v1/apiclients/${company.id}.${randomUUID()}`)).status).toBe(404);
  });
});

describe('DELETE /v1/apiclients/{clientid}', () => {
  it('200: its tokens end at once, on another server within a second; the user goes on', async () => {
    const sibling = await server.sibling();
    const made = await client(admin.id);
    const { access_token: token } = (await exchange(made)).body;
    const here = () => server.call('GET', '/v1/teams', { token });
    const elsewhere = () => sibling.call('GET', '/v1/teams', { token });
    expect([(await here()).status, (await elsewhere()).status]).toEqual([200, 200]);

    expect((await company.admin.delete(`/v1/apiclients/${made.clientId}`)).status).toBe(200);
    expect((await here()).status).toBe(401);
    await vi.waitFor(async () => expect((await elsewhere()).status).toBe(401), 1_000);
    expect((await exchange(made)).status).toBe(401);
    expect((await admin.get('/v1/teams')).status).toBe(200);
    const rows = await server.sql('select action from audit_entry where subject_id = $1 order by at, id', [
      made.clientId.split('.')[1],
    ]);
    expect(rows.map(({ action }) => action)).toEqual(['api-client.create', 'api-client.revoke']);
  });

  it('401: without a token', async () => {
    expect((await server.call('DELETE', '/v1/apiclients/1.x')).status).toBe(401);
  });

  it('403: for anyone but a super admin', async () => {
    const { clientId } = await client();
    expect((await admin.delete(`/v1/apiclients/${clientId}`)).status).toBe(403);
  });

  it("404: unknown and another company's; of two at once, one finds it gone", async () => {
    const made = await client();
    expect((await other.admin.delete(`/v1/apiclients/${made.clientId}`)).status).toBe(404);
    expect((await exchange(made)).status).toBe(200);
    const both = await Promise.all([1, 2].map(() => company.admin.delete(`/v1/apiclients/${made.clientId}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});

describe('POST /v1/oauth/token', () => {
  it('200: a token that no cache keeps', async () => {
    const { status, body, headers } = await exchange(await client());
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('200: the right secret, however often at once and however the id is spelled', async () => {
    const { clientId, clientSecret } = await client();
    const ids = spellings(clientId);
    const answers = await atOnce(9, (each) => exchange({ clientId: ids[each % 3]!, clientSecret }));
    expect(answers).toEqual(Array(9).fill(200));
  });

  it('429: of many wrong secrets sent to two servers at once, five are tried', async () => {
    const sibling = await server.sibling();
    const { clientId } = await client();
    const body = { clientId, clientSecret: 'wrong' };
    const answers = await atOnce(20, (each) =>
      [server, sibling][each % 2]!.call('POST', '/v1/oauth/token', { body }),
    );
    expect(answers).toEqual([...Array(5).fill(401), ...Array(15).fill(429)]);
  });

  it('401: what is no client id, as an unknown one', async () => {
    const clientSecret = 'wrong';
    const unknown = await exchange({ clientId: `${company.id}.${randomUUID()}`, clientSecret });
    const none = await exchange({ clientId: 'none', clientSecret });
    expect([none.status, none.body.message]).toEqual([401, unknown.body.message]);
  });

  it('429: of many wrong secrets at once, five are tried, however the id is spelled', async () => {
    const { clientId, clientSecret } = await client();
    const ids = spellings(clientId);
    const wrong = await atOnce(39, (each) =>
      exchange({ clientId: ids[each % 3]!, clientSecret: 'a wrong secret' }),
    );
    expect(wrong).toEqual([...Array(5).fill(401), ...Array(34).fill(429)]);
    await server.sql("update sign_in_attempt set blocked_until = now() + interval '1 minute'");
    expect((await exchange({ clientId, clientSecret })).status).toBe(429);
    await server.sql('update sign_in_attempt set blocked_until = now()');
    expect((await exchange({ clientId, clientSecret })).status).toBe(200);
  });
});

/** Three ways to write one client id. */
function spellings(clientId: string): string[] {
  return [clientId, clientId.toUpperCase(), `00${clientId}`];
}
