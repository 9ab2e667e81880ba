import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newCustomField,
  newUser,
  someEmail,
  somePartnerId,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import type { Statement } from '../../platform/db/statement.ts';
import { isoMoment } from '../../platform/time.ts';

const world = twoCompanies({ background: {} });
// biome-ignore lint/suspicious/noExplicitAny: a test reads any JSON
type Json = any;

const create = (body: object) => world.company.admin.post('/v1/contact', body);
const change = (id: string, body: object) => world.company.admin.patch(contactPath(id), body);
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;
/** Counts the transactions of the requests of a test. */
function countTransactions() {
  const cost = countRoundTrips(world.server.database);
  return async (request: () => Promise<Answer>) => (await cost(() => made(request()))).transactions;
}

/** Has everything written as it is where nothing can be written directly. */
function inTransactionsOnly() {
  Object.assign(world.server.database, { writesDirectly: false });
  onTestFinished(() => {
    Object.assign(world.server.database, { writesDirectly: true });
  });
}

/** Lets something happen after a verb has read and before it writes directly, once. */
function beforeItIsWritten(happen: () => Promise<unknown>) {
  const { database } = world.server;
  const run = database.read.run.bind(database.read);
  let happened = false;
  const spy = vi.spyOn(database.read, 'run').mockImplementation((async (
    statement: Statement,
    parameters: never,
  ) => {
    if (statement.direct && !happened) {
      happened = true;
      await happen();
    }
    return run(statement, parameters);
  }) as never);
  onTestFinished(() => {
    spy.mockRestore();
    expect(happened).toBe(true);
  });
}

/** What differs between any two contacts, by what it is. */
function withoutOwn(contact: Json): Json {
  const text = JSON.stringify(contact)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, '"moment"');
  return JSON.parse(text);
}

const PERSON = {
  fullName: 'Mary Jackson "née" Winston \\ Ω',
  phoneNumbers: ['+1 757 555 0100'],
  experience: [{ organisationName: 'NASA', role: 'Engineer', startDate: '1958-01-01' }],
  location: { city: 'Hampton' },
  skills: ['Wind tunnels'],
  gdprConsent: true,
  gdprConsentDate: '2026-01-02',
  confidential: true,
};
const CHANGES: object[] = [
  { lastName: 'Jackson' },
  { primaryPhoneNumber: '+1 757 555 0199' },
  { confidential: false },
  { confidential: true },
  { experience: null, location: null },
  { emails: ['mary@langley.example'] },
  { skills: [] },
];

describe('a contact that is written directly', () => {
  it('is made and changed as in a transaction', async () => {
    const story = async () => {
      const emails = [someEmail()];
      const told = [(await made(create({ ...PERSON, emails }))) as Json];
      const { id } = told[0];
      for (const body of CHANGES) told.push(await made(change(id, body)));
      expect(await read(id)).toEqual(told.at(-1));
      // It leaves its emails to whoever does the same next.
      await world.company.admin.delete(contactPath(id));
      const kept = await world.server.sql(
        'select confidential, shares_only, refs, archived_at from contact where id = $1',
        [id],
      );
      const shown = told.map(({ emails, primaryEmail: _, ...contact }) => ({
        ...withoutOwn(contact),
        emails: emails.length,
      }));
      return { shown, kept, audited: await auditTrail(world.server, id) };
    };
    const directly = await story();
    inTransactionsOnly();
    expect(directly).toEqual(await story());
  });

  it('is one statement, a change is a read and one', async () => {
    const { id } = await newContact(world.company.admin);
    const transactionsOf = countTransactions();
    expect(await transactionsOf(() => create({ ...PERSON, emails: [someEmail()] }))).toBe(0);
    expect(await transactionsOf(() => change(id, { lastName: 'Vaughan' }))).toBe(0);
  });

  it('says as its times what it is listed by', async () => {
    const { createdTime, updatedTime, id } = await made(create({ fullName: 'Now' }));
    expect(createdTime).toBe(updatedTime);
    const [row] = await world.server.sql(
      'select to_json(created_at) as created, to_json(updated_at) as updated from contact where id = $1',
      [id],
    );
    expect(Object.values(row!).map(isoMoment)).toEqual([createdTime, updatedTime]);
    const past = await made(create({ fullName: 'Then', createdTime: '0001-01-01T00:00:00.005Z' }));
    expect(past.createdTime).toMatch(/^0001-01-01T00:00:00\.\d{3}Z$/);
    expect(past.updatedTime > updatedTime).toBe(true);
    expect(await read(past.id)).toEqual(past);
  });

  it('refers to nothing, or is written in a transaction', async () => {
    const { id: userId } = await newUser(world.company);
    const field = await newCustomField(world.company, { type: 'text' });
    const { id } = await newContact(world.company.admin);
    const transactionsOf = countTransactions();
    for (const body of [
      { assignedTo: userId },
      { customFields: [{ id: field.id, value: 'blue' }] },
      { confidentiality: { mode: 'shares-only', shares: { users: [userId] } } },
      { lists: [] },
      { emails: [someEmail()] },
      { integrations: { workday: { id: somePartnerId() } } },
    ]) {
      expect(await transactionsOf(() => change(id, body)), Object.keys(body)[0]).toBe(1);
    }
    expect(await read(id)).toMatchObject({
      assignedTo: userId,
      customFields: [{ value: 'blue' }],
      version: 6,
    });
  });

  it('is the one whose email it has', async () => {
    const emails = [someEmail()];
    const { id } = await newContact(world.company.admin, { emails });
    expect(await made(create({ emails, lastName: 'Found' }))).toMatchObject({
      id,
      version: 2,
      lastName: 'Found',
    });
    expect((await made(world.other.admin.post('/v1/contact', { emails }))).id).not.toBe(id);
  });
});

describe('what happens between reading a contact and writing it directly', () => {
  it('200: another change is not lost', async () => {
    const { id } = await newContact(world.company.admin, { fullName: 'Ada Lovelace' });
    beforeItIsWritten(() => made(change(id, { skills: ['Notes'] })));
    expect(await made(change(id, { lastName: 'King' }))).toMatchObject({
      version: 3,
      lastName: 'King',
      skills: ['Notes'],
    });
  });

  it('200: a change that is no change of the contact’s own is not lost', async () => {
    const { admin } = world.company;
    const field = await newCustomField(world.company, { type: 'text', visibleTo: [] });
    const customFields = [{ id: field.id, value: 'blue' }];
    const { id } = await newContact(admin, { customFields });
    beforeItIsWritten(async () => {
      await made(admin.delete(`/v1/contact/customfields/${field.id}`));
      await vi.waitFor(async () => {
        const [row] = await world.server.sql('select wire from contact where id = $1', [id]);
        expect(row!.wire).toMatchObject({ version: 1, customFields: [] });
      }, 10_000);
    });
    expect(await made(change(id, { lastName: 'King' }))).toMatchObject({
      lastName: 'King',
      customFields: [],
    });
    expect((await read(id)).customFields).toEqual([]);
  });

  it('404: it was deleted, and stays so', async () => {
    const { id } = await newContact(world.company.admin);
    beforeItIsWritten(() => made(world.company.admin.delete(contactPath(id))));
    expect((await change(id, { lastName: 'King' })).status).toBe(404);
    expect((await world.company.admin.get(contactPath(id))).status).toBe(404);
  });

  it('200: another contact took the email that a new one has', async () => {
    const emails = [someEmail()];
    let first: Json;
    beforeItIsWritten(async () => {
      first = await made(create({ emails, firstName: 'First' }));
    });
    expect(await made(create({ emails, lastName: 'Second' }))).toMatchObject({
      id: first.id,
      firstName: 'First',
      lastName: 'Second',
      version: 2,
    });
  });

  it('200: what someone else holds is waited for, in transactions, and nobody else waits', async () => {
    const held = await newContact(world.company.admin);
    const { database } = world.server;
    const run = database.read.run.bind(database.read);
    const direct: Promise<unknown>[] = [];
    const spy = vi.spyOn(database.read, 'run').mockImplementation(((
      statement: Statement,
      parameters: never,
    ) => {
      const answered = run(statement, parameters);
      if (statement.direct) direct.push(answered);
      return answered;
    }) as never);
    onTestFinished(() => spy.mockRestore());
    let letGo = () => {};
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let holding = () => {};
    const isHeld = new Promise<void>((resolve) => {
      holding = resolve;
    });
    const holder = database.connect().then(async (client) => {
      await client.query('begin');
      await client.query('select from contact where id = $1 for update', [held.id]);
      holding();
      await released;
      await client.query('commit');
      await client.end();
    });
    await isHeld;
    const waiting = Array.from({ length: 6 }, (_, index) => change(held.id, { lastName: `No ${index}` }));
    // To none of them a lock was worth waiting for.
    await vi.waitFor(() => expect(direct).toHaveLength(6));
    expect(await Promise.all(direct)).toEqual(Array(6).fill([]));
    // More than there are connections for direct writes.
    for (let index = 0; index < 6; index++) await made(create({ fullName: 'Meanwhile' }));
    expect((await read(held.id)).version).toBe(1);
    letGo();
    for (const { status } of await Promise.all(waiting)) expect(status).toBe(200);
    expect((await read(held.id)).version).toBe(7);
    await holder;
  });
});

it('409: what speaks against the matches comes before what speaks against a new contact', async () => {
  const emails = [someEmail(), someEmail()];
  for (const email of emails) await newContact(world.company.admin, { emails: [email] });
  const fullName = Array.from({ length: 30 }, (_, index) => `Name${index}`).join(' ');
  expect((await create({ fullName })).status).toBe(400);
  expect((await create({ fullName, emails })).status).toBe(409);
});
