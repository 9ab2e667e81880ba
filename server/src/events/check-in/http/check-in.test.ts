import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditTrail, newContact, newEvent, someEmail } from '../../../../test/factories.ts';
import { HOSTILE_TEXTS } from '../../../../test/fuzz/hostile.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import {
  attendees,
  closedEvent,
  doorPath,
  postForm,
  registered,
} from '../../registration/http/fixtures/visitors.ts';
import { tidyName } from '../../registration/registration-form.ts';

type Body = Awaited<ReturnType<typeof newEvent>>;

const world = twoCompanies();
const tap = (event: Body, step: 'attended' | 'undo', contact?: string) =>
  postForm(world.server, `${doorPath(event)}/${step}`, contact === undefined ? {} : { contact });
const join = (event: Body, name?: string) => registered(world.server, world.company, event, name);
const statusOf = async (event: Body, contactId: string) =>
  (await attendees(world.company, event)).get(contactId)?.status;

describe('POST /check-in/{slug}/attended and /undo', () => {
  it('303: checks in, again, and out, each told on the page it leads to', async () => {
    const event = await newEvent(world.company);
    const { contactId } = await join(event);
    const steps = [
      ['attended', 'attended', 'attended'],
      ['attended', 'again', 'attended'],
      ['undo', 'undone', 'registered'],
      ['undo', 'undone', 'registered'],
    ] as const;
    for (const [step, told, status] of steps) {
      const answer = await tap(event, step, contactId);
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `${doorPath(event)}?told=${told}&who=${contactId}`,
      ]);
      expect(answer.body).toBe('');
      expect(await statusOf(event, contactId)).toBe(status);
    }
    expect(await auditTrail(world.server, `${event.id}/${contactId}`)).toEqual([
      'event-attendee.register',
      'event-attendee.check-in',
      'event-attendee.undo-check-in',
    ]);
  });

  it('303: of ten taps at the same moment one checks in', async () => {
    const event = await newEvent(world.company);
    const { contactId } = await join(event);
    const answers = await Promise.all(Array.from({ length: 10 }, () => tap(event, 'attended', contactId)));
    const told = answers.map(({ headers }) => /told=(\w+)/.exec(headers.get('location')!)![1]).sort();
    expect(told).toEqual([...Array(9).fill('again'), 'attended']);
  });

  it('404: whoever did not register for this event', async () => {
    const event = await newEvent(world.company);
    const elsewhere = await join(await newEvent(world.company));
    const contact = await newContact(world.company.admin);
    const foreign = await newContact(world.other.admin);
    const nobody = [elsewhere.contactId, contact.id, foreign.id, randomUUID(), 'x', '', undefined];
    for (const step of ['attended', 'undo'] as const) {
      for (const id of nobody) expect([id, (await tap(event, step, id)).status]).toEqual([id, 404]);
    }
    expect((await attendees(world.company, event)).size).toBe(0);
  });

  it.each([
    ['draft', 409],
    ['cancelled', 409],
    ['over', 409],
    ['deleted', 410],
  ] as const)('%s: checks nobody in', async (why, status) => {
    const event = await closedEvent(world.company, why);
    for (const step of ['attended', 'undo'] as const) {
      expect((await tap(event, step, randomUUID())).status).toBe(status);
    }
  });

  it('404: a link that leads nowhere', async () => {
    const event = await newEvent(world.company);
    const { contactId } = await join(event);
    const path = doorPath(event).replace(`/${world.company.id}.`, `/${world.other.id}.`);
    for (const step of ['attended', 'undo']) {
      expect((await postForm(world.server, `${path}/${step}`, { contact: contactId })).status).toBe(404);
    }
  });

  it('400: what is no form, as a page', async () => {
    const event = await newEvent(world.company);
    for (const contact of ['a\0b', 'x'.repeat(101)]) {
      const { status, headers } = await tap(event, 'attended', contact);
      expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    }
  });
});

describe('POST /check-in/{slug}/walk-in', () => {
  const walkIn = (event: Body, form: Record<string, string>) =>
    postForm(world.server, `${doorPath(event)}/walk-in`, form);
  const whoOf = (answer: Awaited<ReturnType<typeof walkIn>>) =>
    new URL(answer.headers.get('location')!, 'http://x').searchParams.get('who')!;

  it('303: takes in and checks in, with or without an email', async () => {
    const event = await newEvent(world.company);
    const email = someEmail();
    const withEmail = await walkIn(event, { name: 'Ben Frost', email, consent: 'yes' });
    const without = await walkIn(event, { name: 'Cleo' });
    for (const answer of [withEmail, without]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toContain('told=attended');
      expect(await statusOf(event, whoOf(answer))).toBe('attended');
    }
    const { body } = await world.company.admin.get(`/v1/contact/${whoOf(withEmail)}`);
    expect(body).toMatchObject({ fullName: 'Ben Frost', emails: [email], gdprConsent: true });
    const page = await world.server.call('GET', withEmail.headers.get('location')!);
    expect(readPage(page.body).text).toContain('Ben Frost is checked in.');
  });

  it('303: who had registered is checked in, or was before', async () => {
    const event = await newEvent(world.company);
    const { contactId, email } = await join(event, 'Anna Berg');
    const answers = [
      await walkIn(event, { name: 'A. B.', email }),
      await walkIn(event, { name: 'A. B.', email }),
    ];
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
      `${doorPath(event)}?told=attended&who=${contactId}`,
      `${doorPath(event)}?told=again&who=${contactId}`,
    ]);
    expect((await attendees(world.company, event)).get(contactId).givenName).toBe('Anna Berg');
  });

  it('400: the form again, unfolded, as it was typed', async () => {
    const event = await newEvent(world.company);
    const { status, body } = await walkIn(event, { name: ' ', email: 'ben@@', consent: 'yes' });
    expect(status).toBe(400);
    const page = readPage(body);
    expect(page.all('details')[0]!.attributes).toHaveProperty('open');
    expect(page.byId('name')!.attributes['aria-invalid']).toBe('true');
    expect(page.byId('email')!.attributes).toMatchObject({ 'aria-invalid': 'true', value: 'ben@@' });
    expect(page.byId('consent')!.attributes).toHaveProperty('checked');
    expect((await attendees(world.company, event)).size).toBe(0);
  });

  it('303: who asked to be forgotten comes in by name alone, and the door does not learn of it', async () => {
    const event = await newEvent(world.company);
    const email = someEmail();
    const { id } = await newContact(world.company.admin, { emails: [email] });
    await world.company.admin.post(`/v1/contact/${id}/anonymize`);
    const { status } = await walkIn(event, { name: 'Anna', email });
    expect(status).toBe(303);
    const { body } = await world.company.admin.get(`/v1/attractEvents/${event.id}/attendees`);
    expect(body.attendees).toEqual([expect.objectContaining({ fullName: 'Anna', status: 'attended' })]);
    expect(body.attendees[0].contactId).not.toBe(id);
    expect(body.attendees[0]).not.toHaveProperty('primaryEmail');
  });

  it('303, 400: whatever is typed, never an error of ours', async () => {
    const event = await newEvent(world.company);
    for (const text of HOSTILE_TEXTS) {
      const refused = await walkIn(event, { name: text, email: text });
      expect(refused.status).toBe(400);
      expect(readPage(refused.body).byId('email')!.attributes.value).toBe(text.trim());
      const name = tidyName(text);
      const taken = await walkIn(event, { name: text });
      expect([text, taken.status]).toEqual([text, name === '' ? 400 : 303]);
      if (name === '') continue;
      const page = await world.server.call('GET', taken.headers.get('location')!);
      expect(readPage(page.body).all('strong')[0]!.text).toContain(name);
    }
  });

  it('404: a link that leads nowhere', async () => {
    expect((await postForm(world.server, '/check-in/1.x/walk-in', { name: 'Anna' })).status).toBe(404);
  });
});
