import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import {
  attendeePath,
  contactPath,
  essence,
  eventPath,
  made,
  newContact,
  newEvent,
  newEventField,
  newPool,
  someEmail,
} from '../../../../test/factories.ts';
import type { Answer } from '../../../../test/harness.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { attending, listed, metrics, register } from './fixtures/attendees.ts';

const world = twoCompanies();
type Body = Answer['body'];
const path = (eventId: string, query = '') => eventPath(eventId, `/attendees${query}`);
const contact = (more: object = {}) => newContact(world.company.admin, more);
const contacts = (count: number) => Promise.all(Array.from({ length: count }, () => contact()));
const attendees = async (eventId: string): Promise<Body[]> =>
  (await made(world.company.admin.get(path(eventId)))).attendees;
const idsOf = (some: { id: string }[]) => some.map(({ id }) => id);

describe('GET /v1/attractEvents/{attractEventId}/attendees', () => {
  const event = async () => (await newEvent(world.company)).id;
  knowsItsCallers(world, 'GET', async () => ({ path: path(await event()) }));
  keepsCompaniesApart(world, 'GET', event, path);

  it('200: nobody, where nobody comes', async () => {
    expect((await world.company.admin.get(path(await event()))).body).toEqual({ attendees: [], total: 0 });
  });

  it('200: as they came, whatever step they are at; each as it was answered; what is unset is left out', async () => {
    const { admin } = world.company;
    const id = await event();
    const nameless = await contact({ fullName: null });
    const mailless = await contact({ emails: [] });
    const whole = await contact();
    const [, two] = await attending(admin, id, 'invited', nameless, mailless);
    const [three] = await attending(admin, id, 'prospect', whole);
    const [one] = await attending(admin, id, 'attended', nameless);
    expect((await admin.get(path(id))).body).toEqual({ attendees: [one, two, three], total: 3 });
    expect([one, two, three]).toEqual([
      {
        contactId: nameless.id,
        status: 'attended',
        invitedAt: expect.any(String),
        attendedAt: expect.any(String),
        primaryEmail: nameless.primaryEmail,
        answers: [],
      },
      {
        contactId: mailless.id,
        status: 'invited',
        invitedAt: expect.any(String),
        fullName: mailless.fullName,
        answers: [],
      },
      {
        contactId: whole.id,
        status: 'prospect',
        prospectAt: expect.any(String),
        fullName: whole.fullName,
        primaryEmail: whole.primaryEmail,
        answers: [],
      },
    ]);
  });

  it('200: with the name and the email that the contact has by now', async () => {
    const { admin } = world.company;
    const id = await event();
    const one = await contact();
    await attending(admin, id, 'invited', one);
    const email = someEmail();
    await made(admin.patch(contactPath(one.id), { fullName: 'Ada Lovelace', emails: [email] }));
    expect(await attendees(id)).toMatchObject([{ fullName: 'Ada Lovelace', primaryEmail: email }]);
  });

  it('200: what a visitor typed, besides what the contact says; answers in the order of the questions', async () => {
    const company = await world.server.company();
    const ask = (type: string, labels: string[] = []) =>
      newEventField(company, {
        type,
        askedAtRegistration: true,
        options: labels.map((label) => ({ label })),
      });
    const text = await ask('text');
    const number = await ask('number');
    const date = await ask('date');
    const yes = await ask('boolean');
    const one = await ask('singleSelect', ['Red', 'Blue']);
    const many = await ask('multiSelect', ['Mon', 'Tue', 'Wed']);
    await ask('text');
    const made = await newEvent(company);
    const known = await newContact(company.admin, { fullName: 'Grace Brewster Hopper' });
    await register(world.server, made, {
      name: 'Amazing Grace',
      email: known.primaryEmail,
      [`q.${text.id}`]: 'No peas; <b>please</b>',
      [`q.${number.id}`]: '2.50',
      [`q.${date.id}`]: '2026-02-03',
      [`q.${yes.id}`]: 'true',
      [`q.${one.id}`]: one.options[1].id,
      [`q.${many.id}.0`]: many.options[0].id,
      [`q.${many.id}.2`]: many.options[2].id,
    });
    const { body } = await company.admin.get(path(made.id));
    const said = (field: Body, value?: string, ...options: Body[]) => ({
      id: field.id,
      name: field.name,
      type: field.type,
      optionIds: options.map(({ id }) => ({ id })),
      ...(value === undefined ? {} : { value }),
    });
    expect(body).toEqual({
      attendees: [
        {
          contactId: known.id,
          status: 'registered',
          registeredAt: expect.any(String),
          fullName: 'Grace Brewster Hopper',
          primaryEmail: known.primaryEmail,
          givenName: 'Amazing Grace',
          answers: [
            said(text, 'No peas; <b>please</b>'),
            said(number, '2.5'),
            said(date, '2026-02-03T00:00:00.000Z'),
            said(yes, 'true'),
            said(one, undefined, one.options[1]),
            said(many, undefined, many.options[0], many.options[2]),
          ],
        },
      ],
      total: 1,
    });
    await company.admin.patch(`/v1/attractEvents/customfields/${text.id}`, { name: 'Food' });
    await company.admin.delete(`/v1/attractEvents/customfields/${number.id}`);
    const after = (await company.admin.get(path(made.id))).body.attendees[0].answers;
    expect(after.map(({ name }: Body) => name)).toEqual([
      'Food',
      ...[date, yes, one, many].map(({ name }) => name),
    ]);
  });

  it('200: a page at a time, as they came, and how many there are', async () => {
    const id = await event();
    const some = await contacts(5);
    await attending(world.company.admin, id, 'invited', ...some);
    const all = idsOf(some);
    const page = (query: string) => listed(world.company.admin, id, query);
    expect(await page('')).toEqual([all, 5]);
    expect(await page('?limit=2')).toEqual([all.slice(0, 2), 5]);
    expect(await page('?skip=1&limit=3')).toEqual([all.slice(1, 4), 5]);
    expect(await page('?skip=4')).toEqual([all.slice(4), 5]);
    expect(await page('?skip=5')).toEqual([[], 5]);
    expect(await page('?skip=2147483647')).toEqual([[], 5]);
    expect(await page('?limit=0')).toEqual([[], 5]);
  });

  it('200: those who came at the same moment by their ids, so that pages neither lose nor repeat one', async () => {
    const id = await event();
    const some = (await contacts(6)).toSorted((one, other) => (one.id < other.id ? 1 : -1));
    await attending(world.company.admin, id, 'registered', ...some);
    await world.server.sql("update event_attendee set created_at = '2026-01-01' where event_id = $1", [id]);
    const pages = [0, 2, 4].map((skip) => listed(world.company.admin, id, `?limit=2&skip=${skip}`));
    const found = (await Promise.all(pages)).flatMap(([ids]) => ids);
    expect(found).toEqual(idsOf(some).toSorted());
  });

  it('200: fifty where no limit is asked for, two hundred at most', async () => {
    const id = await event();
    const one = await contact();
    await world.server.sql(
      `with copies as (
         insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
         select company_id, gen_random_uuid(), created_at + n * interval '1 ms', 0, updated_at + n * interval '1 ms', 0, wire
         from contact, generate_series(1, 205) n where id = $1 returning company_id, id)
       insert into event_attendee (company_id, event_id, contact_id, status, invited_at)
       select company_id, $2, id, 'invited', now() from copies`,
      [one.id, id],
    );
    const [few, total] = await listed(world.company.admin, id);
    expect([few.length, total]).toEqual([50, 205]);
    const [most] = await listed(world.company.admin, id, '?limit=200');
    const [rest] = await listed(world.company.admin, id, '?limit=200&skip=200');
    expect([most.length, rest.length, new Set([...most, ...rest]).size]).toEqual([200, 5, 205]);
  });

  it('200: those at one step alone, a page of them, and how many these are', async () => {
    const { admin } = world.company;
    const id = await event();
    const some = await contacts(6);
    const [a, b, c, d, e, f] = some as [Body, Body, Body, Body, Body, Body];
    await attending(admin, id, 'prospect', a);
    await attending(admin, id, 'registered', b, c, d);
    await attending(admin, id, 'attended', e, f);
    const at = (query: string) => listed(admin, id, `?status=${query}`);
    expect(await at('prospect')).toEqual([[a.id], 1]);
    expect(await at('invited')).toEqual([[], 0]);
    expect(await at('registered')).toEqual([idsOf([b, c, d]), 3]);
    expect(await at('registered&skip=1&limit=1')).toEqual([[c.id], 3]);
    expect(await at('attended')).toEqual([idsOf([e, f]), 2]);
    expect(await at('')).toEqual([idsOf(some), 6]);
  });

  it('200: those of this event alone', async () => {
    const { admin } = world.company;
    const [one, two] = [await event(), await event()];
    const [a, b] = (await contacts(2)) as [Body, Body];
    await attending(admin, one, 'invited', a);
    await attending(admin, two, 'attended', a, b);
    expect(await listed(admin, one)).toEqual([[a.id], 1]);
    expect(await listed(admin, two)).toEqual([[a.id, b.id], 2]);
    expect((await attendees(one))[0].status).toBe('invited');
  });

  it('200: whatever the event is by now', async () => {
    const { admin } = world.company;
    for (const status of ['draft', 'published', 'cancelled']) {
      const { id } = await newEvent(world.company, { status, start: { timestamp: '2020-01-01T00:00:00Z' } });
      const one = await contact();
      await attending(admin, id, 'attended', one);
      expect(await listed(admin, id)).toEqual([[one.id], 1]);
    }
  });

  it('200: each reader finds and counts whom it sees; the metrics count them all, for everyone', async () => {
    const company = await world.server.company();
    const { admin } = company;
    const [member, limited, restricted, confidential] = [
      await company.user('team_member'),
      await company.user('limited'),
      await company.user('restricted'),
      await company.user('confidential'),
    ];
    const { id } = await newEvent(company);
    const publicPool = await newPool(admin, { visibility: 'public' });
    const sharedPool = await newPool(admin, { shares: { users: [restricted.id] } });
    const of = (more: object) => newContact(admin, more);
    const some = {
      open: await of({}),
      secret: await of({ confidential: true }),
      kept: await of({ confidentiality: { mode: 'shares-only', shares: { users: [limited.id] } } }),
      own: await of({ assignedTo: limited.id }),
      pooled: await of({ lists: [{ id: publicPool.id }] }),
      given: await of({ lists: [{ id: sharedPool.id }] }),
    };
    await attending(admin, id, 'registered', ...Object.values(some));
    const expected = [
      [admin, Object.values(some)],
      [member, [some.open, some.own, some.pooled, some.given]],
      [limited, [some.own, some.pooled]],
      [restricted, [some.given]],
      [confidential, [some.open, some.secret, some.own, some.pooled, some.given]],
    ] as const;
    for (const [caller, seen] of expected) {
      expect(await listed(caller, id)).toEqual([idsOf([...seen]), seen.length]);
      expect(await listed(caller, id, '?status=registered&limit=1&skip=1')).toEqual([
        idsOf(seen.slice(1, 2)),
        seen.length,
      ]);
      expect(await metrics(caller, id)).toEqual([6, 6, 6, 0, 0]);
    }
  });

  it('200: no one who is deleted or anonymised, but those who are archived; the metrics count all of them', async () => {
    const { admin } = world.company;
    const id = await event();
    const some = (await contacts(4)) as [Body, Body, Body, Body];
    const [stays, deleted, anonymised, archived] = some;
    await attending(admin, id, 'attended', ...some);
    const before = await attendees(id);
    await made(admin.delete(contactPath(deleted.id)));
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    await made(admin.post(contactPath(archived.id, '/archive')));
    expect(await listed(admin, id)).toEqual([idsOf([stays, archived]), 2]);
    expect(await listed(admin, id, '?status=attended')).toEqual([idsOf([stays, archived]), 2]);
    expect(await metrics(admin, id)).toEqual([4, 4, 4, 4, 1]);
    await made(admin.post(contactPath(anonymised.id, '/deanonymize')));
    await made(admin.post(contactPath(archived.id, '/unarchive')));
    expect(await attendees(id)).toEqual([before[0], before[2], before[3]]);
    expect(await metrics(admin, id)).toEqual([4, 4, 4, 4, 1]);
  });

  it('what an anonymised contact said comes back with it; what a deleted one said is kept nowhere', async () => {
    const company = await world.server.company();
    const { admin } = company;
    const question = await newEventField(company, { askedAtRegistration: true });
    const event = await newEvent(company);
    const another = await newEvent(company);
    const secret = `said ${randomUUID()}`;
    const visitor = async (to: Body) => {
      const one = await newContact(admin);
      const form = { name: secret, email: one.primaryEmail, [`q.${question.id}`]: secret };
      await register(world.server, to, form);
      return one;
    };
    const [anonymised, deleted, stays] = [await visitor(event), await visitor(event), await visitor(event)];
    const form = { name: secret, email: deleted.primaryEmail, [`q.${question.id}`]: secret };
    await register(world.server, another, form);
    const said = (id: string) =>
      world.server.sql<{ said: number; rows: number }>(
        `select count(*)::int as rows, count(given_name)::int + (
           select count(*)::int from event_answer where contact_id = $1) as said
         from event_attendee where contact_id = $1`,
        [id],
      );
    const before = (await admin.get(path(event.id))).body.attendees;
    expect(await said(deleted.id)).toEqual([{ rows: 2, said: 4 }]);
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    await made(admin.delete(contactPath(deleted.id)));
    expect(await said(deleted.id)).toEqual([{ rows: 2, said: 0 }]);
    await made(admin.post(contactPath(anonymised.id, '/deanonymize')));
    expect((await admin.get(path(event.id))).body.attendees).toEqual([before[0], before[2]]);
    expect(before[2]).toMatchObject({ contactId: stays.id, givenName: secret, answers: [{ value: secret }] });
    expect(await metrics(admin, event.id)).toEqual([3, 3, 3, 0, 0]);
    expect(await metrics(admin, another.id)).toEqual([1, 1, 1, 0, 0]);
  });

  it.each([
    ['limit', '?limit=201'],
    ['limit', '?limit=-1'],
    ['limit', '?limit=some'],
    ['skip', '?skip=-1'],
    ['skip', '?skip=2147483648'],
    ['status', '?status=came'],
    ['status', '?status=Attended'],
  ])('400: names %s: %s', async (name, query) => {
    const { status, body } = await world.company.admin.get(path(await event(), query));
    expect(status).toBe(400);
    expect(body.message).toContain(name);
  });

  it('404: an event that never was, that is deleted, or an id that is none', async () => {
    const { admin } = world.company;
    const id = await event();
    await attending(admin, id, 'invited', await contact());
    await admin.delete(eventPath(id));
    const answers = [];
    for (const name of [id, randomUUID(), 'none']) answers.push(essence(await admin.get(path(name))));
    expect(answers).toEqual(answers.map(() => ({ status: 404, body: expect.anything() })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    // A status that does not fit tells nothing of the event either.
    expect((await admin.get(path(randomUUID(), '?status=came'))).status).toBe(400);
  });

  it('takes the id of the event in either case', async () => {
    const id = await event();
    const one = await contact();
    await made(world.company.admin.put(attendeePath(id.toUpperCase(), one.id), { status: 'invited' }));
    expect(await listed(world.company.admin, id.toUpperCase())).toEqual([[one.id], 1]);
  });
});
