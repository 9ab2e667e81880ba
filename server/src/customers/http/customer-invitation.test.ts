import { describe, expect, it } from 'vitest';
import { auditTrail } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import {
  accountOf,
  choosePassword,
  customerPath,
  invitationOf,
  mailsTo,
  newCustomer,
  numberOf,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';

type Body = Answer['body'];

const world = twoCompanies();
const CHOSEN = 'sieben grüne Kessel singen';
const read = async (customer: Body): Promise<Body> =>
  (await world.company.admin.get(customerPath(world.company, numberOf(customer)))).body;

describe('the invitation of a customer', () => {
  it.each([
    ['en', 'en'],
    ['de', 'de'],
    ['DE', 'de'],
    ['de-CH', 'de'],
    ['de_AT', 'de'],
    ['fr', 'en'],
    ['deutsch', 'en'],
    [undefined, 'en'],
    [null, 'en'],
  ])('is mailed, for the language %s in %s', async (preferred_language, language) => {
    const { company } = world;
    const made = await newCustomer(company, { preferred_language, first_name: 'Jörg Weiß' });
    const mails = await mailsTo(company, made.email);
    expect(mails).toHaveLength(1);
    const { text, html, subject } = mails[0];
    if (language === 'de') {
      expect(subject).toBe(`Ihr Zugang zu ${company.identifier}`);
      expect(text).toContain('Guten Tag Jörg Weiß,');
      expect(text).toContain('Wählen Sie hier Ihr Passwort');
      expect(text).toContain('14 Tage');
    } else {
      expect(subject).toBe(`Your access to ${company.identifier}`);
      expect(text).toContain('Hello Jörg Weiß,');
      expect(text).toContain('14 days');
    }
    expect(html).toContain('Jörg Weiß');
    const [link] = /http:\/\/headwater\.test\/invitation\/\S+/.exec(text)!;
    expect(html).toContain(link);
    expect(link).not.toContain(made.activation_key);
  });

  it('escapes what people are called', async () => {
    const made = await newCustomer(world.company, { first_name: '<img src=x onerror=1>' });
    const [{ html, text }] = await mailsTo(world.company, made.email);
    expect(html).not.toContain('<img');
    expect(text).toContain('<img src=x onerror=1>');
  });

  it('works for fourteen days', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    const id = await accountOf(server, company, numberOf(made));
    const [{ left }] = (await server.sql(
      'select extract(epoch from expires_at - now()) as left from invitation where account_id = $1',
      [id],
    )) as [{ left: string }];
    expect(Math.abs(Number(left) - 14 * 86_400)).toBeLessThan(60);
    await server.sql(
      "update invitation set expires_at = now() + interval '20 seconds' where account_id = $1",
      [id],
    );
    const link = await invitationOf(company, made.email);
    expect((await server.call('GET', link)).status).toBe(200);
    await server.sql('update invitation set expires_at = now() where account_id = $1', [id]);
    expect((await server.call('GET', link)).status).toBe(404);
    expect((await choosePassword(server, link)).status).toBe(404);
    expect((await read(made)).status).toBe('invited');
  });

  it('leads to a page in the language of the browser', async () => {
    const { server, company } = world;
    const link = await invitationOf(company, (await newCustomer(company)).email);
    for (const [wish, title] of [
      ['de-DE,de;q=0.9,en;q=0.8', 'Passwort wählen'],
      ['en-GB', 'Choose your password'],
    ] as const) {
      const { status, headers, body } = await server.call('GET', link, {
        headers: { 'accept-language': wish },
      });
      expect([status, headers.get('content-language')]).toEqual([200, wish.slice(0, 2)]);
      expect(body).toContain(title);
    }
  });

  it('confirms, once: with the chosen password, its time, and no key any more', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    const link = await invitationOf(company, made.email);
    expect((await choosePassword(server, link, 'too short')).status).toBe(400);
    expect(await read(made)).toEqual(made);
    expect((await choosePassword(server, link, CHOSEN)).status).toBe(200);
    const now = await read(made);
    expect(now).toEqual({
      ...made,
      status: 'confirmed',
      confirmationdate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      activation_key: '',
    });
    expect(Date.parse(now.confirmationdate)).toBeGreaterThanOrEqual(Date.parse(now.invitationdate));
    for (const password of [CHOSEN, 'another one, also long enough']) {
      expect((await choosePassword(server, link, password)).status).toBe(404);
    }
    const sign = (password: string) => signInToSuite(server, company, made.email, { password });
    expect((await sign('another one, also long enough')).status).toBe(400);
    expect((await sign(CHOSEN)).status).toBe(200);
    const id = await accountOf(server, company, numberOf(made));
    expect(await auditTrail(server, id)).toEqual(['customer.create', 'user.accept-invitation']);
  });

  it('is used by one of ten at once', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    const link = await invitationOf(company, made.email);
    const passwords = Array.from({ length: 10 }, (_, each) => `${CHOSEN} ${each}`);
    const answers = await Promise.all(passwords.map((password) => choosePassword(server, link, password)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, ...Array(9).fill(404)]);
    const password = passwords[statuses.indexOf(200)]!;
    expect((await signInToSuite(server, company, made.email, { password })).status).toBe(200);
  });

  it('cannot be opened by the activation key', async () => {
    const { server, company } = world;
    const { activation_key } = await newCustomer(company);
    for (const token of [activation_key, `${company.id}.${activation_key}`]) {
      expect((await choosePassword(server, `/invitation/${token}`)).status).toBe(404);
    }
  });
});
