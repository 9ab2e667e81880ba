import { describe, expect, it } from 'vitest';
import { auditTrail, contactPath, newContact, newEvent, someEmail } from '../../../../test/factories.ts';
import { HOSTILE_TEXTS } from '../../../../test/fuzz/hostile.ts';
import { serverForThisTest } from '../../../../test/harness.ts';
import { startMailServer } from '../../../../test/mail-server.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import { newField } from '../../custom-fields/http/fixtures/fields.ts';
import { attendees, closedEvent, mailsTo, postForm, registrationPath } from './fixtures/visitors.ts';

const world = twoCompanies();
const heading = (body: string) => readPage(body).all('h1')[0]!.text;
const filled = (email: string, more: object = {}) => ({ name: 'Anna Berg', email, consent: 'yes', ...more });
const post = (path: string, form: Record<string, string>, headers?: Record<string, string>) =>
  postForm(world.server, path, form, headers);
const contactOf = async (email: string) =>
  (await world.company.admin.get(`/v1/contacts?email=${encodeURIComponent(email)}`)).body.contacts;

describe('POST /register/{slug}', () => {
  it('200: registers, says where the confirmation goes, and mails it', async () => {
    const event = await newEvent(world.company, { timezone: 'Europe/Berlin' });
    const email = someEmail();
    const { status, headers, body } = await post(
      registrationPath(event),
      filled(email, { phone: '+49 30 1' }),
    );
    expect([status, heading(body)]).toEqual([200, 'You are registered']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toContain(`on its way to ${email}`);

    const [contact] = await contactOf(email);
    expect(contact).toMatchObject({ fullName: 'Anna Berg', gdprConsent: true });
    expect((await attendees(world.company, event)).get(contact.id)).toMatchObject({ status: 'registered' });
    expect(await auditTrail(world.server, `${event.id}/${contact.id}`)).toEqual(['event-attendee.register']);

    const [mail, ...others] = await mailsTo(world.company, email);
    expect(others).toEqual([]);
    expect(mail.subject).toBe(`You are registered: ${event.name}`);
    expect(mail.text).toContain('Hello Anna Berg,');
    expect(mail.text).toMatch(
      new RegExp(`http://headwater\\.test/ticket/${world.company.id}\\.[\\w-]{64}\\s`),
    );
    expect(mail.attachments.map(({ filename }: { filename: string }) => filename)).toEqual([
      'ticket.png',
      'event.ics',
    ]);
  });

  it('200: in German, the mail too', async () => {
    const event = await newEvent(world.company);
    const email = someEmail();
    const { body } = await post(registrationPath(event), filled(email), { 'accept-language': 'de' });
    expect(heading(body)).toBe('Sie sind angemeldet');
    expect((await mailsTo(world.company, email))[0].subject).toBe(`Sie sind angemeldet: ${event.name}`);
  });

  it('200: the same answer to who is known, is registered already, or fell into the trap', async () => {
    const event = await newEvent(world.company);
    const path = registrationPath(event);
    const [known, fresh, bot] = [someEmail(), someEmail(), someEmail()];
    await newContact(world.company.admin, { emails: [known] });
    const said = async (email: string, more: object = {}) => {
      const { status, body } = await post(path, filled(email, more));
      return [status, body.replaceAll(email, 'someone')];
    };
    const first = await said(fresh);
    expect(await said(fresh)).toEqual(first);
    expect(await said(known)).toEqual(first);
    expect(await said(bot, { website: 'https://spam.example' })).toEqual(first);
    expect(await contactOf(bot)).toEqual([]);
    expect(await mailsTo(world.company, bot)).toEqual([]);
    expect(await mailsTo(world.company, fresh)).toHaveLength(1);
    expect((await attendees(world.company, event)).size).toBe(2);
  });

  it('200: the same answer to who asked to be forgotten; the mail tells them why not', async () => {
    const event = await newEvent(world.company);
    const email = someEmail();
    const { id } = await newContact(world.company.admin, { emails: [email] });
    expect((await world.company.admin.post(contactPath(id, '/anonymize'))).status).toBeLessThan(300);
    const { status, body } = await post(registrationPath(event), filled(email));
    expect([status, heading(body)]).toEqual([200, 'You are registered']);
    const [mail] = await mailsTo(world.company, email);
    expect(mail.subject).toBe(`Your registration for: ${event.name}`);
    expect(mail.attachments).toBeUndefined();
    expect((await attendees(world.company, event)).size).toBe(0);
  });

  it('200: keeps the answers to every kind of question', async () => {
    const asked = { askedAtRegistration: true };
    const make = (type: string, more: object = {}) => newField(world.other, { type, ...asked, ...more });
    const labels = ['Ships', 'Docks', 'Tides'].map((label) => ({ label }));
    const text = await make('text', { required: true });
    const number = await make('number');
    const date = await make('date');
    const boolean = await make('boolean', { required: true });
    const single = await make('singleSelect', { options: labels, required: true });
    const multi = await make('multiSelect', { options: labels });
    const event = await newEvent(world.other);
    const form = {
      [`q.${text.id}`]: ' 100 % & „fertig“ = 🙂 ',
      [`q.${number.id}`]: '1.5',
      [`q.${date.id}`]: '2026-01-31',
      [`q.${boolean.id}`]: 'false',
      [`q.${single.id}`]: single.options[1].id,
      [`q.${multi.id}.0`]: multi.options[0].id,
      [`q.${multi.id}.2`]: multi.options[2].id,
    };
    const { status } = await post(registrationPath(event), filled(someEmail(), form));
    expect(status).toBe(200);
    const [attendee] = [...(await attendees(world.other, event)).values()];
    const said = new Map(
      attendee.answers.map((one: { id: string; value?: string; optionIds: { id: string }[] }) => [
        one.id,
        one.value ?? one.optionIds.map(({ id }) => id),
      ]),
    );
    expect(said).toEqual(
      new Map<string, unknown>([
        [text.id, '100 % & „fertig“ = 🙂'],
        [number.id, '1.5'],
        [date.id, '2026-01-31T00:00:00.000Z'],
        [boolean.id, 'false'],
        [single.id, [single.options[1].id]],
        [multi.id, [multi.options[0].id, multi.options[2].id]],
      ]),
    );
  });

  it('400: the form again, with each mistake at its field and everything as it was typed', async () => {
    const server = await serverForThisTest({});
    const company = await server.company();
    const select = await newField(company, {
      type: 'multiSelect',
      options: [{ label: 'Red' }, { label: 'Green' }],
      askedAtRegistration: true,
    });
    const number = await newField(company, { type: 'number', required: true, askedAtRegistration: true });
    const event = await newEvent(company);
    const form = {
      name: '  ',
      email: 'anna@@example',
      phone: 'call me',
      [`q.${number.id}`]: 'many',
      [`q.${select.id}.1`]: select.options[1].id,
    };
    const { status, headers, body } = await postForm(server, registrationPath(event), form);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = readPage(body);
    for (const id of ['name', 'email', 'phone', 'consent', `q.${number.id}`]) {
      expect(page.byId(id)!.attributes['aria-invalid']).toBe('true');
      expect(page.byId(`${id}-mistake`)!.text).toBeTruthy();
    }
    expect(page.all('a').map(({ attributes }) => attributes.href)).toEqual(
      ['name', 'email', 'phone', `q.${number.id}`, 'consent'].map((id) => `#${id}`),
    );
    expect(page.byId('email')!.attributes.value).toBe('anna@@example');
    expect(page.byId(`q.${number.id}`)!.attributes.value).toBe('many');
    const ticked = page.elements.filter(({ attributes }) => 'checked' in attributes);
    expect(ticked.map(({ attributes }) => attributes.value)).toEqual([select.options[1].id]);
    expect((await attendees(company, event)).size).toBe(0);
  });

  it('400: an empty form, by name', async () => {
    const { status, body } = await post(registrationPath(await newEvent(world.company)), {});
    expect(status).toBe(400);
    for (const id of ['name', 'email', 'consent']) {
      expect(readPage(body).byId(id)!.attributes['aria-invalid']).toBe('true');
    }
  });

  it('400: never an error of ours, and never HTML of theirs, whatever is typed', async () => {
    const path = registrationPath(await newEvent(world.company));
    for (const text of HOSTILE_TEXTS) {
      const { status, body } = await post(path, {
        name: text,
        email: text,
        phone: text,
        'q.x.1': text,
        [text]: text,
      });
      expect([text, status]).toEqual([text, 400]);
      expect(readPage(body).byId('email')!.attributes.value).toBe(text);
    }
  });

  it('400, 413, 415: what is no form is answered as a page', async () => {
    const path = registrationPath(await newEvent(world.company));
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, nth) => [`f${nth}`, 'x']));
    const answers = [
      await post(path, filled(someEmail(), { 'q.1': 'a\0b' })),
      await post(path, filled(someEmail(), { 'a\0b': 'x' })),
      await post(path, many),
      await post(path, { name: 'x'.repeat(10_001) }),
      await world.server.call('POST', path),
      await world.server.call('POST', path, { body: { name: ['x'] } }),
      await post(path, { name: 'x'.repeat(1_100_000) }),
      await post(path, {}, { 'content-type': 'text/xml' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400, 413, 415]);
    for (const { headers, body } of answers) {
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(heading(body)).toBe('That did not work');
    }
  });

  it.each([
    ['draft', 409, 'Registration is not open yet'],
    ['cancelled', 409, 'This event is cancelled'],
    ['past', 409, 'This event is over'],
    ['deleted', 410, 'This event does not exist any more'],
  ] as const)('%s: takes nobody, and says so', async (why, status, said) => {
    const event = await closedEvent(world.company, why);
    const email = someEmail();
    const answer = await post(registrationPath(event), filled(email));
    expect([answer.status, heading(answer.body)]).toEqual([status, said]);
    expect(await contactOf(email)).toEqual([]);
    expect(await mailsTo(world.company, email)).toEqual([]);
  });

  it('404: a link that leads nowhere', async () => {
    const path = registrationPath(await newEvent(world.company));
    const elsewhere = path.replace(`/${world.company.id}.`, `/${world.other.id}.`);
    for (const link of [elsewhere, `${path}x`, '/register/1.x']) {
      expect((await post(link, filled(someEmail()))).status).toBe(404);
    }
  });

  it('429: past its limit, as a page', async () => {
    const server = await serverForThisTest({ rateRegistration: 2 });
    const path = registrationPath(await newEvent(await server.company()));
    const answers = [];
    for (let nth = 0; nth < 3; nth++) answers.push(await postForm(server, path, filled(someEmail())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(heading(answers[2]!.body)).toBe('Too many requests');
  });

  it('429: past its limit on two servers together, and mails to one mailbox as few', async () => {
    const one = await serverForThisTest({ rateRegistration: 3 });
    const servers = [one, await one.sibling()];
    const company = await one.company();
    const path = registrationPath(await newEvent(company));
    const from = (address: string, email: string, each: number) =>
      postForm(servers[each % 2]!, path, filled(email), { 'x-forwarded-for': address });
    const statuses = [];
    for (let each = 0; each < 5; each++) statuses.push((await from('192.0.2.1', someEmail(), each)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);

    const [name, domain] = someEmail().split('@');
    const spellings = [...Array(7).keys()].map((nth) => `${name}+${nth}@${domain}`);
    for (const [each, email] of spellings.entries())
      expect((await from(`192.0.2.${10 + each}`, email, each)).status).toBe(200);
    const sent = await Promise.all(spellings.map((email) => mailsTo(company, email)));
    expect(sent.map((mails) => mails.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    const kept = await one.sql('select distinct octet_length(key_digest) as length from use_count');
    expect(kept).toEqual([{ length: 32 }]);
  });

  it('of ten of one person at the same moment one registers, and one mail goes out', async () => {
    const event = await newEvent(world.company);
    const email = someEmail();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(registrationPath(event), filled(email))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await contactOf(email)).toHaveLength(1);
    expect((await attendees(world.company, event)).size).toBe(1);
    expect(await mailsTo(world.company, email)).toHaveLength(1);
  });

  it('sends the confirmation with its code and its calendar file over SMTP', async () => {
    const smtp = await startMailServer();
    const sending = await serverForThisTest({ smtpUrl: smtp.url, background: { poll: 3_600_000 } });
    const event = await newEvent(await sending.company(), { name: 'Größe & Weite' });
    const email = someEmail();
    await postForm(sending, registrationPath(event), filled(email));
    const [mail] = await smtp.has(1);
    await smtp.close();
    expect(mail!.to).toEqual([email]);
    expect(mail!.raw).toContain('Content-ID: <ticket-qr-code>');
    expect(mail!.readable).toContain('src="cid:ticket-qr-code"');
    const [, coded] =
      /Content-Type: text\/calendar; charset=utf-8; method=PUBLISH;\s+name=event\.ics\r\n(?:\S.*\r\n)*\r\n([\w+/=\r\n]+)\r\n--/.exec(
        mail!.raw,
      )!;
    const file = Buffer.from(coded!, 'base64').toString();
    expect(file).toContain(`UID:${event.id}@headwater\r\n`);
    expect(file).toContain('SUMMARY:Größe & Weite\r\n');
    expect(file).toContain('DTSTART:20900505T090000Z\r\n');
  });
});
