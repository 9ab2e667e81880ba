import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  serverForThisTest,
  startServer,
  type TestCompany,
  type TestServer,
} from '../../../test/harness.ts';

const CHOSEN = 'seven green kettles sing';

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());

let invited = 0;
/** A user without a password, and the path of the link that was mailed. */
async function invite(more: object = {}): Promise<{ id: string; email: string; path: string }> {
  const email = `invited${++invited}@${company.identifier}.example`;
  const { body } = await company.admin.post('/v1/user', { email, ...more });
  return { id: body.id, email, path: await linkTo(email) };
}

async function linkTo(email: string): Promise<string> {
  const { body } = await company.admin.get('/v1/mail');
  const mail = body.mails.find(({ to }: { to: string }) => to === email);
  return new URL(/http\S+/.exec(mail.text)![0]).pathname;
}

const open = (path: string, language = 'en') =>
  server.call('GET', path, { headers: { 'accept-language': language } });

function submit(
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return server.call('POST', path, {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

const choose = (path: string, password = CHOSEN) => submit(path, { password, repetition: password });

describe('GET /invitation/{token}', () => {
  it('200: the form, for this company and this email', async () => {
    const { email, path } = await invite();
    const { status, headers, body } = await open(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).toContain('<html lang="en">');
    expect(body).toContain(`talent CRM of ${company.identifier}`);
    expect(body).toContain(`value="${email}"`);
  });

  it('200: in German for who prefers it', async () => {
    const { path } = await invite();
    for (const wish of ['de', 'de-CH, en;q=0.7', 'fr, en;q=0.5, de;q=0.8']) {
      const { headers, body } = await open(path, wish);
      expect(headers.get('content-language')).toBe('de');
      expect(body).toContain('<html lang="de">');
      expect(body).toContain('Passwort wählen');
    }
    for (const wish of ['fr', 'en, de;q=0.9', '*', 'de;q=0', ';;q=,,']) {
      expect((await open(path, wish)).headers.get('content-language')).toBe('en');
    }
  });

  it('keeps its address to itself and runs nothing', async () => {
    const { path } = await invite();
    for (const link of [path, '/invitation/1.unknown']) {
      const { headers, body } = await open(link);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; /,
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(body).not.toMatch(/<script|javascript:| on\w+=|style="/);
    }
  });

  it('escapes what people named', async () => {
    const other = await server.company();
    await server.sql('update company set name = $2 where id = $1', [other.id, '<b onclick=x>"Acme" & Co']);
    await other.admin.post('/v1/user', { email: `x@${other.identifier}.example` });
    const { mails } = (await other.admin.get('/v1/mail')).body;
    const { body } = await open(new URL(/http\S+/.exec(mails[0].text)![0]).pathname);
    expect(body).toContain('&#60;b onclick&#61;x&#62;&#34;Acme&#34; &#38; Co');
  });

  it('404: the same page for an unknown, a used, a replaced and an expired link', async () => {
    const used = await invite();
    await choose(used.path);
    const expired = await invite();
    await server.sql('update invitation set expires_at = now() where account_id = $1', [expired.id]);
    const inactive = await invite();
    await server.sql('update account set active = false where id = $1', [inactive.id]);
    const reset = await invite();
    await company.admin.put(`/v1/user/${reset.id}`, { password: CHOSEN });
    const elsewhere = (await invite()).path.replace(/\d+\./, (id) => `${Number.parseInt(id, 10) + 1}.`);
    const dead = [used, expired, inactive, reset].map(({ path }) => path);
    const never = ['1.unknown', '99999999999.x', '1', `${company.id}.`, 'x'.repeat(400)].map(
      (token) => `/invitation/${token}`,
    );
    const pages = new Set<string>();
    for (const path of [...dead, ...never, elsewhere]) {
      const { status, body } = await open(path);
      expect([path, status]).toEqual([path, 404]);
      pages.add(body);
      const posted = await choose(path);
      expect(posted.status).toBe(404);
      pages.add(posted.body);
    }
    expect(pages.size).toBe(1);
    expect([...pages][0]).toContain('ask the person who invited you for a new invitation');
    expect((await open(dead[0]!, 'de')).body).toContain('Dieser Link funktioniert nicht mehr');
  });
});

describe('POST /invitation/{token}', () => {
  it('200: sets the password; the user signs in, the link is dead', async () => {
    const { id, email, path } = await invite();
    expect((await server.signIn(email, CHOSEN)).status).toBe(401);
    const { status, headers, body } = await choose(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).toContain('Your password is set');
    expect(body).toContain('http://headwater.test');
    const signedIn = await server.signIn(email, CHOSEN);
    expect(signedIn.status).toBe(200);
    expect(signedIn.body.id).toBe(id);
    expect((await open(path)).status).toBe(404);
    expect((await choose(path, 'another long password')).status).toBe(404);
    expect((await server.signIn(email, CHOSEN)).status).toBe(200);
  });

  it('takes the password as it was typed', async () => {
    const { email, path } = await invite();
    const odd = '  größer + 100 % & „fertig“ 🙂 ';
    expect((await choose(path, odd)).status).toBe(200);
    expect((await server.signIn(email, odd)).status).toBe(200);
  });

  it('leaves an audit row of the invited person', async () => {
    const { id, path } = await invite();
    const { headers } = await choose(path);
    const trail = await server.sql(
      `select actor_id, subject_id, fields, request_id from audit_entry where action = 'user.accept-invitation' and company_id = $1 and subject_id = $2`,
      [company.id, id],
    );
    expect(trail).toEqual([
      { actor_id: id, subject_id: id, fields: ['password'], request_id: headers.get('x-request-id') },
    ]);
  });

  it('ends the tokens of the account', async () => {
    const { id, email, path } = await invite();
    const hash = await server.sql<{ password_hash: string }>(
      'select password_hash from account where company_id = $1 and id = $2',
      [company.id, company.admin.id],
    );
    await server.sql('update account set password_hash = $2 where id = $1', [id, hash[0]!.password_hash]);
    const { body } = await server.signIn(email);
    expect((await server.call('GET', `/v1/user/${id}`, { token: body.token })).status).toBe(200);
    await choose(path);
    expect((await server.call('GET', `/v1/user/${id}`, { token: body.token })).status).toBe(401);
  });

  it.each([
    ['short', { password: 'eleven char', repetition: 'eleven char' }, 'password', '12 to 128 characters'],
    ['long', { password: 'x'.repeat(129), repetition: 'x'.repeat(129) }, 'password', '12 to 128 characters'],
    ['missing', {}, 'password', '12 to 128 characters'],
    ['different', { password: CHOSEN, repetition: `${CHOSEN}!` }, 'repetition', 'not the same password'],
  ])('400: the form again, with the mistake at its field: %s', async (_name, form, field, message) => {
    const { email, path } = await invite();
    const { status, headers, body } = await submit(path, form as Record<string, string>);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const input = new RegExp(`<input [^>]*id="${field}"[^>]*>`).exec(body)![0];
    expect(input).toContain('aria-invalid="true"');
    expect(/aria-describedby="([^"]*)"/.exec(input)![1]!.split(' ')).toContain(`${field}-mistake`);
    expect(body).toMatch(new RegExp(`id="${field}-mistake">[^<]*${message}`));
    expect(body.match(/ aria-invalid=/g)).toHaveLength(1);
    expect(body).not.toContain(CHOSEN);
    expect((await choose(path)).status).toBe(200);
    expect((await server.signIn(email, CHOSEN)).status).toBe(200);
  });

  it('400, 415: what is no form is answered as a page, too', async () => {
    const { path } = await invite();
    const zero = await submit(path, { password: `${CHOSEN}\0`, repetition: `${CHOSEN}\0` });
    const xml = await submit(path, {}, { 'content-type': 'text/xml' });
    expect([zero.status, xml.status]).toEqual([400, 415]);
    for (const { headers, body } of [zero, xml]) {
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(body).toContain('That did not work');
    }
  });

  it('429: counts as a sign-in, and says so in a page', async () => {
    const limited = await serverForThisTest({ rateAuth: 2 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => limited.call('POST', '/invitation/1.unknown', { body: {} })),
    );
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body).toContain('<h1>Too many requests</h1>');
  });

  it('of two at the same moment one wins', async () => {
    const { email, path } = await invite();
    const passwords = Array.from({ length: 6 }, (_, each) => `password number ${each}`);
    const answers = await Promise.all(passwords.map((password) => choose(path, password)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)]!;
    expect((await server.signIn(email, winner)).status).toBe(200);
  });
});

it('a new email takes the invitation along: the link that went to the old one is dead', async () => {
  const { id, path } = await invite();
  const email = `moved${invited}@${company.identifier}.example`;
  expect((await company.admin.put(`/v1/user/${id}`, { email })).status).toBe(200);
  expect((await open(path)).status).toBe(404);
  await choose(await linkTo(email));
  expect((await server.signIn(email, CHOSEN)).status).toBe(200);
});
