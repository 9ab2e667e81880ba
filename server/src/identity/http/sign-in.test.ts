import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { PASSWORD, startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());

describe('GET /v1/auth', () => {
  it('200: answers the id and a token whose expiry is readable', async () => {
    const { status, body, headers } = await server.signIn(company.admin.email);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const claims = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString());
    expect(claims.sub).toBe(body.id);
    expect(claims.exp - claims.iat).toBe(24 * 60 * 60);
  });

  it('400: without a Basic header', async () => {
    const { status, body } = await server.call('GET', '/v1/auth');
    expect(status).toBe(400);
    expect(body.code).toBe(400);
  });

  it('401: the same answer for an unknown email and a wrong password', async () => {
    const unknown = await server.signIn('nobody@nowhere.example');
    const wrong = await server.signIn(company.admin.email, 'not the password at all');
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect(unknown.body.message).toBe(wrong.body.message);
  });

  it('429: after five failures the account is held back, then let in again', async () => {
    const user = await company.user();
    for (let failure = 0; failure < 5; failure++) await server.signIn(user.email, 'a wrong password');
    const held = await server.signIn(user.email, PASSWORD);
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
    await server.sql('update sign_in_attempt set blocked_until = now()');
    expect((await server.signIn(user.email, PASSWORD)).status).toBe(200);
  });

  it('429: of many wrong passwords at once, five are tried', async () => {
    const { email } = await company.user();
    const spellings = [email, email.toUpperCase()];
    const answers = await atOnce(40, (each) => server.signIn(spellings[each % 2]!, 'a wrong password'));
    expect(answers).toEqual([...Array(5).fill(401), ...Array(35).fill(429)]);
  });

  it('429: of many wrong passwords sent to two servers at once, five are tried', async () => {
    const servers = [server, await server.sibling()];
    const { email } = await company.user();
    const answers = await atOnce(40, (each) => servers[each % 2]!.signIn(email, 'a wrong password'));
    expect(answers).toEqual([...Array(5).fill(401), ...Array(35).fill(429)]);
  });

  it('200: the right password, however often at once, on two servers as well', async () => {
    const servers = [server, await server.sibling()];
    const { email } = await company.user();
    await server.signIn(email, 'a wrong password');
    const answers = await atOnce(20, (each) => servers[each % 2]!.signIn(email));
    expect(answers).toEqual(Array(20).fill(200));
  });
});
