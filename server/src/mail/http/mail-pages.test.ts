import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { PASSWORD, serverForThisTest } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { readPage } from '../../platform/http/fixtures/read-page.ts';
import { type STANDINGS, writtenMail } from './fixtures/written-mail.ts';

const world = twoCompanies();
const basic = (email: string, password = PASSWORD) =>
  `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
const HERE = { 'sec-fetch-site': 'same-origin' };

/** Opens a page as the company's super admin, unless the headers say otherwise. */
const open = (path: string, headers: Record<string, string> = {}) =>
  world.server.call('GET', path, {
    headers: { authorization: basic(world.company.admin.email), ...headers },
  });
/** Presses the button on a mail's page. */
const press = (id: string, headers: Record<string, string> = HERE) =>
  world.server.call('POST', `/mail/${id}/retry`, {
    body: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basic(world.company.admin.email),
      ...headers,
    },
  });
const written = (
  standing?: keyof typeof STANDINGS,
  mail: Parameters<typeof writtenMail>[3] = {},
  company = world.company,
) => writtenMail(world.server, company.id, standing, mail);
const stateOf = async (id: string) => (await world.company.admin.get(`/v1/mail/${id}`)).body.status;
const mainOf = (body: string) => readPage(body).all('main')[0]!.text.replaceAll(/\s+/g, ' ');

describe('GET /mail', () => {
  it('200: the mails, newest first, each with its state and a button where it was not sent', async () => {
    const made = await world.server.company();
    const as = { authorization: basic(made.admin.email) };
    for (const standing of ['sent', 'failed', 'put off'] as const)
      await written(standing, { subject: `The ${standing} one` }, made);
    const { status, headers, body } = await open('/mail', as);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const page = readPage(body);
    const rows = page.all('li').map(({ text }) => text.replaceAll(/\s+/g, ' '));
    expect(rows).toEqual([
      expect.stringMatching(
        /The put off one .*Waiting.*Last attempt: the mail server answered 451.*Try again/,
      ),
      expect.stringMatching(/The failed one .*Failed.*Last attempt: the mail server answered 550.*Try again/),
      expect.not.stringContaining('Try again'),
    ]);
    expect(rows[2]).toMatch(/The sent one .*anna@a\.example .*Sent/);
    const { mails } = (await made.admin.get('/v1/mail')).body;
    expect(page.all('form').map(({ attributes }) => attributes.action)).toEqual([
      `/mail/${mails[0].id}/retry`,
      `/mail/${mails[1].id}/retry`,
    ]);
    const failed = await open('/mail?status=failed', as);
    expect(readPage(failed.body).all('li')).toHaveLength(1);
    expect(mainOf((await open('/mail?offset=50', as)).body)).toContain('No mails.');
  });

  it('200: fifty on a page, with the way to the others', async () => {
    const made = await world.server.company();
    const as = { authorization: basic(made.admin.email) };
    for (let count = 0; count < 51; count++) await written('new', {}, made);
    const ways = async (path: string) => {
      const { elements } = readPage((await open(path, as)).body);
      return elements.flatMap(({ tag, attributes, text }) =>
        tag === 'a' && /^(?:Newer|Older)$/.test(text) ? `${text} ${attributes.href}` : [],
      );
    };
    expect(await ways('/mail?status=waiting')).toEqual(['Older /mail?status=waiting&offset=50']);
    expect(await ways('/mail?offset=50')).toEqual(['Newer /mail']);
    expect(readPage((await open('/mail', as)).body).all('li')).toHaveLength(50);
  });

  it('200: nothing of another company', async () => {
    const id = await written('failed', { subject: 'Theirs alone' }, world.other);
    const { body } = await open('/mail');
    expect(body).not.toContain('Theirs alone');
    expect(body).not.toContain(id);
  });

  it('200: in German, with the reason, in the zone of the company', async () => {
    const made = await world.server.company();
    await world.server.sql(`update company set timezone = 'Asia/Tokyo' where id = $1`, [made.id]);
    await written('put off', {}, made);
    await world.server.sql(`update outbox set created_at = '2026-01-31T20:05:00Z' where company_id = $1`, [
      made.id,
    ]);
    const { headers, body } = await open('/mail', {
      authorization: basic(made.admin.email),
      'accept-language': 'de-CH',
    });
    expect(headers.get('content-language')).toBe('de');
    expect(mainOf(body)).toMatch(/Wartet · 1\. Feb\. 2026, 05:05/);
    expect(mainOf(body)).toContain('Letzter Versuch: der Mailserver hat auf RCPT TO mit 451 geantwortet');
    expect(mainOf(body)).toContain('Noch einmal versuchen');
  });

  it('400: a state that no mail is in', async () => {
    expect((await open('/mail?status=dead')).status).toBe(400);
  });

  it('runs nothing, keeps nothing and is framed nowhere', async () => {
    for (const path of ['/mail', `/mail/${await written()}`]) {
      const { headers } = await open(path);
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      const policy = headers.get('content-security-policy')!;
      expect(policy).toMatch(
        /^default-src 'none'; style-src (?:'sha256-[\w+/]+=*' ?)+; form-action 'self'; /,
      );
      expect(policy).toContain("frame-ancestors 'none'");
    }
  });
});

describe('signing in on the pages', () => {
  const paths = async () => ['/mail', `/mail/${await written()}`];

  it.each([
    ['nothing', ''],
    ['a wrong password', basic('nobody@nowhere.example', 'wrong')],
    ['no Basic', 'Basic ???'],
  ])('401: for %s, so that the browser asks', async (_, authorization) => {
    for (const path of await paths()) {
      const { status, headers, body } = await open(path, { authorization });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Basic realm="Headwater", charset="UTF-8"');
      expect(mainOf(body)).toContain('Please sign in');
    }
    const { status, headers } = await press(await written('failed'), { ...HERE, authorization });
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
  });

  it('401: for a token, which is for programs', async () => {
    const { status } = await open('/mail', { authorization: `Bearer ${world.company.admin.token}` });
    expect(status).toBe(401);
  });

  it('403: for who is no super admin, whether the mail is there or not', async () => {
    const user = await world.company.user('admin', 'team_member');
    const as = { authorization: basic(user.email) };
    const id = await written('failed');
    for (const path of ['/mail', `/mail/${id}`, '/mail/none']) {
      const { status, headers, body } = await open(path, as);
      expect([path, status]).toEqual([path, 403]);
      expect(headers.get('www-authenticate')).toBeNull();
      expect(mainOf(body)).toContain('Only super admins');
    }
    expect((await press(id, { ...HERE, ...as })).status).toBe(403);
    expect(await stateOf(id)).toBe('failed');
  });

  it('403: for an account that may not sign in', async () => {
    const user = await world.company.user('super_admin');
    const as = { authorization: basic(user.email) };
    expect((await open('/mail', as)).status).toBe(200);
    await world.server.sql('update account set active = false where id = $1', [user.id]);
    expect((await open('/mail', as)).status).toBe(403);
  });

  it('takes umlauts in a password', async () => {
    const password = 'Größenwahn über Äcker';
    const user = await world.company.user('super_admin');
    await world.company.admin.put(`/v1/user/${user.id}`, { password });
    expect((await open('/mail', { authorization: basic(user.email, password) })).status).toBe(200);
  });

  it('429: failures on any of the pages, and at GET /v1/auth, count together', async () => {
    const { email } = await world.company.user('super_admin');
    const wrong = { authorization: basic(email, 'a wrong password') };
    const id = await written('failed');
    const tries = [
      () => open('/mail', wrong),
      () => open(`/mail/${id}`, wrong),
      () => press(id, { ...HERE, ...wrong }),
      () => press(id, { ...HERE, ...wrong }),
      () => world.server.signIn(email, 'a wrong password'),
    ];
    for (const attempt of tries) expect((await attempt()).status).toBe(401);
    expect((await world.server.signIn(email)).status).toBe(429);
    const held = await open('/mail', { authorization: basic(email) });
    expect([held.status, held.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('429: more than the limit of sign-ins a second', async () => {
    const server = await serverForThisTest({ rateAuth: 2 });
    const statuses = await Promise.all(
      Array.from({ length: 6 }, async () => (await server.call('GET', '/mail')).status),
    );
    expect(statuses).toContain(429);
  });
});

describe('GET /mail/{mailid}', () => {
  it('200: the text with its links, what is attached by name, and nothing of the HTML part', async () => {
    const id = await written('failed', {
      subject: 'Grüße',
      text: 'Hello,\n\nhttps://crm.example/invitation/1.a\n\njavascript:alert(1)\n',
      html: '<h5>rich</h5><script>alert(1)</script>',
      attachments: [
        { filename: 'Größe.ics', contentType: 'text/calendar; charset=utf-8', content: 'QkVHSU4=' },
      ],
    });
    const { status, body } = await open(`/mail/${id}`);
    expect(status).toBe(200);
    const page = readPage(body);
    const links = page.all('a').map(({ attributes }) => attributes.href);
    expect(links).toEqual(['/mail', 'https://crm.example/invitation/1.a']);
    expect(page.text).toContain('Hello,\n\nhttps://crm.example/invitation/1.a\n\njavascript:alert(1)\n');
    expect(body).not.toContain('rich');
    expect(page.script).toBeUndefined();
    expect(mainOf(body)).toMatch(
      /Grüße Failed · 12 attempts To anna@a\.example Written .* Last attempt the mail server answered 550 to RCPT TO Try again/,
    );
    expect(mainOf(body)).toMatch(/Attached Größe\.ics text\/calendar, 0\.1 kB/);
  });

  it.each([
    ['new', /Waiting · Not tried yet/, 1],
    ['put off', /Waiting · 3 attempts .*Last attempt .*Next attempt \d/, 1],
    ['sent', /Sent To .* Sent \d/, 0],
  ] as const)('200: one that is %s', async (standing, told, buttons) => {
    const { body } = await open(`/mail/${await written(standing)}`);
    expect(mainOf(body)).toMatch(told);
    expect(readPage(body).all('button')).toHaveLength(buttons);
  });

  it('200: whatever people wrote, as text', async () => {
    for (const text of HOSTILE_TEXTS.filter((one) => !one.includes('\0'))) {
      const attachments = [{ filename: text, contentType: text, content: '' }];
      const id = await written('failed', { to: text, subject: text, text, attachments });
      const { status, body } = await open(`/mail/${id}`);
      expect(status).toBe(200);
      expect(readPage(body).text.split(text).length).toBeGreaterThan(3);
      expect(() => readPage(body)).not.toThrow();
    }
    readPage((await open('/mail')).body);
  });

  it("404: another company's mail exactly as one that never was", async () => {
    const theirs = await written('failed', {}, world.other);
    const pages = [theirs, '018f0000-0000-7000-8000-000000000000', 'none', 'x'.repeat(100)].map((id) =>
      open(`/mail/${id}`),
    );
    const answers = await Promise.all(pages);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(mainOf(answers[0]!.body)).toContain('No such mail');
  });
});

describe('POST /mail/{mailid}/retry', () => {
  it('303: to the mail, which waits again', async () => {
    const id = await written('failed');
    const { status, headers } = await press(id);
    expect([status, headers.get('location')]).toEqual([303, `/mail/${id}?told=retried`]);
    expect(await stateOf(id)).toBe('waiting');
    const after = mainOf((await open(headers.get('location')!)).body);
    expect(after).toContain('next in line');
    expect(after).toMatch(/Waiting To/);
    const audited = await world.server.sql('select actor_id from audit_entry where subject_id = $1', [id]);
    expect(audited).toEqual([{ actor_id: world.company.admin.id }]);
  });

  it('303: to the mail that was sent meanwhile, and nothing is sent again', async () => {
    const id = await written('sent');
    const { status, headers } = await press(id);
    expect([status, headers.get('location')]).toEqual([303, `/mail/${id}`]);
    expect(await stateOf(id)).toBe('sent');
  });

  it("404: another company's, and nothing happens to it", async () => {
    const id = await written('failed', {}, world.other);
    expect((await press(id)).status).toBe(404);
    expect((await world.other.admin.get(`/v1/mail/${id}`)).body.status).toBe('failed');
    expect((await press('none')).status).toBe(404);
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site', origin: 'http://headwater.test' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['a hidden origin', { origin: 'null' }],
    ['who does not say where from', {}],
  ])('403: a form of %s, though the browser sent the password along', async (_, headers) => {
    const id = await written('failed');
    const { status, body } = await press(id, headers as Record<string, string>);
    expect(status).toBe(403);
    expect(mainOf(body)).toContain('did not come from this page');
    expect(await stateOf(id)).toBe('failed');
  });

  it('403: a form of another site is no way to try passwords', async () => {
    const { email } = await world.company.user('super_admin');
    const headers = { 'sec-fetch-site': 'cross-site', authorization: basic(email, 'a wrong password') };
    for (let count = 0; count < 6; count++) expect((await press('none', headers)).status).toBe(403);
    expect((await world.server.signIn(email)).status).toBe(200);
  });

  it.each([
    ['the public address', () => 'http://headwater.test'],
    ['the host that was asked', () => world.server.url],
  ])('303: from %s, of a browser that says no more', async (_, origin) => {
    const { status } = await press(await written('failed'), { origin: origin() });
    expect(status).toBe(303);
  });
});
