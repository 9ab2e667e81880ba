import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact, newNote, newTeam } from '../../../test/factories.ts';
import type { Caller, TestCompany } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const PATH = '/v1/notes';
const idsOf = (notes: { id: string }[]) => notes.map(({ id }) => id);

/** The ids that a caller's list holds; the count must agree. */
async function listed(caller: Caller, query = ''): Promise<string[]> {
  const { status, body } = await caller.get(`${PATH}${query}`);
  expect(status).toBe(200);
  expect(body.totalCount).toBe(body.notes.length);
  return idsOf(body.notes);
}

/** As many notes about one contact of the company, each made at the moment that `at` says. */
async function madeAt(company: TestCompany, at: string[]): Promise<string[]> {
  const { id } = await newContact(company.admin);
  const ids: string[] = [];
  for (const moment of at) {
    const note = await newNote(company.admin, id);
    await world.server.sql('update note set created_at = $2 where id = $1', [note.id, moment]);
    ids.push(note.id);
  }
  return ids;
}

describe('GET /v1/notes', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: PATH }));

  it('200: the notes about all contacts, oldest first; another company sees none of them', async () => {
    const { admin } = await world.server.company();
    const [one, two] = [await newContact(admin), await newContact(admin)];
    const made = [];
    for (const { id } of [one, two, one]) made.push(await newNote(admin, id, { date: '2099-01-01' }));
    const { status, body } = await admin.get(PATH);
    expect([status, body]).toEqual([200, { notes: made, totalCount: 3 }]);
    const { admin: other } = await world.server.company();
    expect((await other.get(PATH)).body).toEqual({ notes: [], totalCount: 0 });
  });

  it('200: each reader finds and counts those whose contact it sees', async () => {
    const company = await world.server.company();
    const [member, limited, restricted, confidential, teammate] = await Promise.all([
      company.user('team_member'),
      company.user('limited'),
      company.user('restricted'),
      company.user('confidential'),
      company.user('recruiter_team_member'),
    ]);
    const team = await newTeam(company, [teammate]);
    const about = async (more: object): Promise<string> =>
      (await newNote(company.admin, (await newContact(company.admin, more)).id)).id;
    const open = await about({});
    const secret = await about({ confidential: true });
    const kept = await about({ confidentiality: { shares: { users: [member.id], teams: [team.id] } } });
    const assigned = await about({ assignedTo: limited.id });
    const sourced = await about({ sourcedBy: restricted.id });
    const ownSecret = await about({ assignedTo: limited.id, confidential: true });
    expect(await listed(company.admin)).toEqual([open, secret, kept, assigned, sourced, ownSecret]);
    expect(await listed(member)).toEqual([open, kept, assigned, sourced]);
    expect(await listed(teammate)).toEqual([open, kept, assigned, sourced]);
    expect(await listed(confidential)).toEqual([open, secret, assigned, sourced, ownSecret]);
    expect(await listed(limited)).toEqual([assigned]);
    expect(await listed(restricted)).toEqual([sourced]);
  });

  it('200: windows that adjoin hold each note once, the one on the border in the later', async () => {
    const company = await world.server.company();
    const moments = [
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T11:59:59.999Z',
      '2026-01-01T12:00:00.000Z',
      '2026-01-01T12:00:00.001Z',
      '2026-01-02T00:00:00.000Z',
    ];
    const [first, before, border, after, last] = await madeAt(company, moments);
    const of = (query: string) => listed(company.admin, query);
    expect(await of('?after=2026-01-01&before=2026-01-01T12:00:00Z')).toEqual([first, before]);
    expect(await of('?after=2026-01-01T12:00:00.000Z&before=2026-01-02')).toEqual([border, after]);
    expect(await of('?after=2026-01-02')).toEqual([last]);
    expect(await of('?before=2026-01-01')).toEqual([]);
    expect(await of(`?after=${encodeURIComponent('2026-01-01T14:00:00+02:00')}`)).toEqual([
      border,
      after,
      last,
    ]);
    expect(await of('?after=2026-01-02&before=2026-01-01')).toEqual([]);
    expect(await of('?after=2026-01-01T12:00&before=2026-01-01T12:00')).toEqual([]);
    expect(await of('?after=&before=')).toHaveLength(5);
  });

  it('200: pages that adjoin hold each note once, those of one moment by id', async () => {
    const company = await world.server.company();
    const moment = '2026-01-01T00:00:00.000Z';
    const ids = await madeAt(company, [moment, moment, moment, moment, moment, '2025-12-31', '2026-01-02']);
    const expected = [ids[5]!, ...ids.slice(0, 5).toSorted(), ids[6]!];
    const walked = [];
    for (let offset = 0; offset < 8; offset += 2) {
      const { body } = await company.admin.get(`${PATH}?limit=2&offset=${offset}`);
      expect(body.totalCount).toBe(7);
      walked.push(...idsOf(body.notes));
    }
    expect(walked).toEqual(expected);
    expect(
      (await company.admin.get(`${PATH}?after=2026-01-01&before=2026-01-02&limit=3&offset=4`)).body,
    ).toMatchObject({ notes: [{ id: expected[5] }], totalCount: 5 });
  });

  it('200: about one contact; about none that the caller sees: none', async () => {
    const { company, other } = world;
    const limited = await company.user('limited');
    const [one, two, foreign] = [
      await newContact(company.admin),
      await newContact(company.admin),
      await newContact(other.admin),
    ];
    const first = await newNote(company.admin, one.id);
    await newNote(company.admin, two.id);
    const last = await newNote(company.admin, one.id);
    await newNote(other.admin, foreign.id);
    expect(await listed(company.admin, `?contactId=${one.id.toUpperCase()}`)).toEqual([first.id, last.id]);
    const window = `after=${last.createdAt}&contactId=${one.id}`;
    expect(await listed(company.admin, `?${window}`)).toContain(last.id);
    for (const id of [foreign.id, randomUUID(), 'nothing']) {
      expect(await listed(company.admin, `?contactId=${id}`)).toEqual([]);
    }
    expect(await listed(limited, `?contactId=${one.id}`)).toEqual([]);
  });

  it('200: those of an archived contact; none of a deleted or anonymised one', async () => {
    const { admin } = await world.server.company();
    const [archived, deleted, anonymised] = await Promise.all([1, 2, 3].map(() => newContact(admin)));
    const [stays] = await Promise.all([archived, deleted, anonymised].map(({ id }) => newNote(admin, id)));
    await Promise.all([
      admin.post(contactPath(archived.id, '/archive')),
      admin.delete(contactPath(deleted.id)),
      admin.post(contactPath(anonymised.id, '/anonymize')),
    ]);
    expect(await listed(admin)).toEqual([stays.id]);
  });

  it('200: 500 at most and unless less is asked for; none is an answer too', async () => {
    const { id: companyId, admin } = await world.server.company();
    const { id } = await newContact(admin);
    await world.server.sql(
      `insert into note (company_id, id, contact_id, text, date)
       select $1, gen_random_uuid(), $2, 'x', now() from generate_series(1, 501)`,
      [companyId, id],
    );
    const lengthOf = async (query: string) => {
      const { status, body } = await admin.get(`${PATH}${query}`);
      return [status, body.notes.length, body.totalCount];
    };
    expect(await lengthOf('')).toEqual([200, 500, 501]);
    expect(await lengthOf('?limit=500&offset=1')).toEqual([200, 500, 501]);
    expect(await lengthOf('?limit=0')).toEqual([200, 0, 501]);
    expect(await lengthOf('?limit=10&offset=501')).toEqual([200, 0, 501]);
    expect(await lengthOf('?offset=1000000')).toEqual([200, 0, 501]);
  });

  it.each([
    ['limit=501', /^limit: must be <= 500$/],
    ['limit=-1', /^limit: must be >= 0$/],
    ['limit=many', /^limit: must be an integer$/],
    ['offset=1000001', /^offset: must be <= 1000000$/],
    ['offset=-1', /^offset: must be >= 0$/],
    ['after=yesterday', /^after: must be a time/],
    ['before=2026-13-01', /^before: must be a time/],
    ['after=2026-01-01&after=2026-01-02', /^after: must be a string$/],
    [`contactId=${'x'.repeat(101)}`, /^contactId: must be at most 100 characters long$/],
  ])('400: %s', async (query, message) => {
    const { status, body } = await world.company.admin.get(`${PATH}?${query}`);
    expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it.each(['', '?contactId='])('is one round trip, %s', async (query) => {
    const { admin } = world.company;
    const { contactId } = await newNote(admin, (await newContact(admin)).id);
    const cost = countRoundTrips(world.server.database);
    const { roundTrips, transactions } = await cost(() =>
      admin.get(`${PATH}${query && `${query}${contactId}`}`),
    );
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });
});
