import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newEvent, someEmail } from '../../../../test/factories.ts';
import { serverForThisTest } from '../../../../test/harness.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import { newField } from '../../custom-fields/http/fixtures/fields.ts';
import { attendees, doorPath, mailsTo, postForm, registrationPath } from './fixtures/visitors.ts';

const world = twoCompanies();
const filled = (email: string, more: object = {}) => ({ name: 'Anna Berg', email, consent: 'yes', ...more });
const register = (event: { relations: object }, form: Record<string, string>) =>
  postForm(world.server, registrationPath(event), form);
const door = async (event: object, search: string) =>
  readPage((await world.server.call('GET', `${doorPath(event)}?q=${encodeURIComponent(search)}`)).body);
const contact = async (id: string) => (await world.company.admin.get(contactPath(id))).body;

describe('a stranger who types an email', () => {
  it('is told the same of every form that is not taken, whoever it is about', async () => {
    const event = await newEvent(world.company);
    const [known, fresh] = [someEmail(), someEmail()];
    await newContact(world.company.admin, { emails: [known] });
    for (const name of ['word '.repeat(25), 'x'.repeat(300), '\u200b']) {
      const said = async (email: string) => {
        const { status, body } = await register(event, filled(email, { name }));
        return [status, body.replaceAll(email, 'someone')];
      };
      const first = await said(known);
      expect(first[0]).toBe(400);
      expect(await said(fresh)).toEqual(first);
    }
  });

  it('does not overturn what a contact said of consent, and leaves a contact that has everything as it is', async () => {
    const event = await newEvent(world.company);
    const email = someEmail();
    const { id } = await newContact(world.company.admin, {
      emails: [email],
      fullName: 'Ada Lovelace',
      phoneNumbers: ['+44 20 7946 0000'],
      gdprConsent: false,
    });
    const before = await contact(id);
    for (const nth of [1, 2]) {
      expect(
        (await register(event, filled(email, { name: `Someone ${nth}`, phone: '+1 555 0100' }))).status,
      ).toBe(200);
    }
    expect(await contact(id)).toEqual(before);
    expect((await attendees(world.company, event)).get(id)).toMatchObject({ givenName: 'Someone 1' });
  });

  it('does not have more than a few mails sent to one mailbox, and one to who asked to be forgotten', async () => {
    const event = await newEvent(world.company);
    const forgotten = someEmail();
    const { id } = await newContact(world.company.admin, { emails: [forgotten] });
    await world.company.admin.post(contactPath(id, '/anonymize'));
    for (let times = 0; times < 4; times++) await register(event, filled(forgotten));
    expect(await mailsTo(world.company, forgotten)).toHaveLength(1);

    const [name, domain] = someEmail().split('@');
    const spellings = [...Array(8).keys()].map((nth) => `${name}+${nth}@${domain}`);
    for (const email of spellings) expect((await register(event, filled(email))).status).toBe(200);
    const sent = await Promise.all(spellings.map((email) => mailsTo(world.company, email)));
    expect(sent.flat()).toHaveLength(5);
    // What was acknowledged is there, with a mail or without.
    expect((await attendees(world.company, event)).size).toBe(8);
  });

  it('gets the confirmation later that the mailbox had no room for', async () => {
    const server = await serverForThisTest({});
    const company = await server.company();
    const event = await newEvent(company);
    const [name, domain] = someEmail().split('@');
    const spellings = [...Array(6).keys()].map((nth) => `${name}+${nth}@${domain}`);
    const again = async (email: string) => {
      expect((await postForm(server, registrationPath(event), filled(email))).status).toBe(200);
      return (await mailsTo(company, email)).length;
    };
    const sent: number[] = [];
    for (const email of spellings) sent.push(await again(email));
    expect(sent).toEqual([1, 1, 1, 1, 1, 0]);
    const [confirmed, waiting] = [spellings[0]!, spellings[5]!];
    expect(await again(waiting)).toBe(0);
    await server.sql('update use_count set ends_at = now()');
    expect([await again(waiting), await again(waiting), await again(confirmed)]).toEqual([1, 1, 1]);
  });

  it('is greeted by the mail with a name, and with nothing that only looks like one', async () => {
    const event = await newEvent(world.company);
    const greeting = async (name: string) => {
      const email = someEmail();
      await register(event, filled(email, { name }));
      return (await mailsTo(world.company, email))[0].text.split('\n')[0];
    };
    expect(await greeting('J. R. O’Neill-Berg')).toBe('Hello J. R. O’Neill-Berg,');
    expect(await greeting('李 小龍')).toBe('Hello 李 小龍,');
    for (const name of [
      'evil-shop。com',
      'Win! http://x.example',
      'Your prize is waiting for you at our shop now',
    ]) {
      expect(await greeting(name)).toBe('Hello,');
    }
    expect(await greeting('Anna\u202egreb\nBerg')).toBe('Hello Anna greb Berg,');
  });

  it('and has the link of the door learns nothing of the contact but what was typed for this event', async () => {
    const event = await newEvent(world.company);
    const [shown, secret] = [someEmail(), someEmail()];
    const { id } = await newContact(world.company.admin, {
      fullName: 'Private Person',
      emails: [secret, shown],
    });
    await postForm(world.server, `${doorPath(event)}/walk-in`, { name: 'Typed Name', email: shown });
    expect((await attendees(world.company, event)).has(id)).toBe(true);
    const all = await door(event, '');
    expect(all.text).toContain('Typed Name');
    expect(all.text).not.toContain('Private');
    for (const search of ['Private', secret, secret.slice(0, 5)]) {
      expect((await door(event, search)).text).not.toContain('Typed Name');
    }
    expect((await door(event, shown)).text).toContain('Typed Name');
  });
});

describe('a crowd', () => {
  it('does not keep an event from being cancelled, nor a question from being changed', async () => {
    const field = await newField(world.company, { askedAtRegistration: true });
    const event = await newEvent(world.company);
    let going = true;
    const visitors = [...Array(12).keys()].map(async () => {
      while (going) await register(event, filled(someEmail()));
    });
    const renamed = await world.company.admin.patch(`/v1/attractEvents/customfields/${field.id}`, {
      name: `Renamed ${field.id}`,
    });
    const cancelled = await world.company.admin.post(`/v1/attractEvents/${event.id}/cancel`);
    going = false;
    await Promise.all(visitors);
    expect([renamed.status, cancelled.status]).toEqual([200, 200]);
    expect((await register(event, filled(someEmail()))).status).toBe(409);
  });

  it('does not use up an event with forms that are not taken', async () => {
    const server = await serverForThisTest({ rateRegistration: 3 });
    const company = await server.company();
    const event = await newEvent(company);
    const path = registrationPath(event);
    const from = (address: string, form: Record<string, string>) =>
      postForm(server, path, form, { 'x-forwarded-for': address });
    for (let host = 1; host <= 3; host++) {
      expect((await from(`2001:db8:0:1::${host}`, { name: '' })).status).toBe(400);
    }
    // One connection has all the addresses that begin alike.
    expect((await from('2001:db8:0:1:ffff::9', filled(someEmail()))).status).toBe(429);
    for (let net = 2; net < 30; net++) await from(`2001:db8:0:${net}::1`, { name: '' });
    expect((await from('2001:db8:0:99::1', filled(someEmail()))).status).toBe(200);
  });

  it('is asked fifty questions at most', async () => {
    const company = await world.server.company();
    for (let nth = 0; nth < 50; nth++) await newField(company, { askedAtRegistration: true });
    const more = { name: 'one more', type: 'text', askedAtRegistration: true };
    const path = '/v1/attractEvents/customfields';
    expect((await company.admin.post(path, more)).status).toBe(409);
    const silent = (await company.admin.post(path, { ...more, askedAtRegistration: false })).body;
    expect((await company.admin.patch(`${path}/${silent.id}`, { askedAtRegistration: true })).status).toBe(
      409,
    );
  });

  it('of words is looked for at the door without an error', async () => {
    const event = await newEvent(world.company);
    await register(event, filled(someEmail()));
    expect((await door(event, 'anna '.repeat(80))).text).toContain('Anna Berg');
    expect((await door(event, `anna ${'zz '.repeat(80)}`)).text).not.toContain('Anna Berg');
  });
});
