import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  contactPath,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer, Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const path = (name: string, query = '') => vacancyPath(name, `/contacts${query}`);
const list = async ({ hash_id }: Body, query = '', caller: Caller = world.company.admin) => {
  const { status, body } = await caller.get(path(hash_id, query));
  expect(status).toBe(200);
  return [body.contacts.map(({ id }: Body) => id), body.totalCount];
};

describe('GET /v1/vacancy/{vacancyid}/contacts', () => {
  const vacancy = async () => (await newVacancy(world.company)).hash_id;
  knowsItsCallers(world, 'GET', async () => ({ path: path(await vacancy()) }));
  keepsCompaniesApart(world, 'GET', vacancy, path);

  it('200: each as it was answered when it was put there; what is unset is left out', async () => {
    const { admin } = world.company;
    const made = await newVacancy(world.company, { stages: [{ value: 'In', group: 'g', locked: true }] });
    const nameless = await newContact(admin, { fullName: null });
    const mailless = await newContact(admin, { emails: [] });
    const answers = [];
    for (const [contact, body] of [
      [nameless, { priority: 'high', rejectionReason: { value: 'No' } }],
      [mailless, {}],
    ])
      answers.push((await admin.put(standingPath(made, contact.id), body)).body);
    const { body } = await admin.get(path(made.id));
    expect(body).toEqual({ contacts: answers, totalCount: 2 });
    expect(body.contacts[0]).toEqual({
      id: nameless.id,
      primaryEmail: nameless.primaryEmail,
      date: expect.any(String),
      priority: 'high',
      rejectionReason: { id: expect.any(String), value: 'No', date: expect.any(String) },
      stage: { date: expect.any(String), id: made.stages[0].id, value: 'In', group: 'g', locked: true },
    });
    expect(body.contacts[1]).toEqual({
      id: mailless.id,
      fullName: mailless.fullName,
      date: expect.any(String),
      stage: expect.any(Object),
    });
  });

  it('200: those who came first before the others, a page at a time; a move does not change the order', async () => {
    const { admin } = world.company;
    const made = await newVacancy(world.company);
    const ids = await Promise.all([1, 2, 3, 4].map(async () => (await newContact(admin)).id));
    for (const [id, date] of [
      [ids[0], '2020-03-01'],
      [ids[1], '2020-01-01'],
      [ids[2], '2020-02-01'],
      [ids[3], '2020-02-01'],
    ])
      await admin.put(standingPath(made, id), { stage: { id: stageOf(made, 'Applied'), date } });
    await placed(admin, made, ids[1], 'Interview');
    const same = [ids[2], ids[3]].toSorted();
    const order = [ids[1], ...same, ids[0]];
    expect(await list(made)).toEqual([order, 4]);
    expect(await list(made, '?limit=2')).toEqual([order.slice(0, 2), 4]);
    expect(await list(made, '?skip=1&limit=2')).toEqual([order.slice(1, 3), 4]);
    expect(await list(made, '?skip=3')).toEqual([order.slice(3), 4]);
    expect(await list(made, '?skip=4')).toEqual([[], 4]);
    expect(await list(made, '?limit=0')).toEqual([[], 4]);
  });

  it('200: fifty where no limit is asked for, two hundred at most', async () => {
    const made = await newVacancy(world.company);
    const { id } = await newContact(world.company.admin);
    await world.server.sql(
      `with copies as (
         insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
         select company_id, gen_random_uuid(), created_at + n * interval '1 ms', 0, updated_at + n * interval '1 ms', 0, wire
         from contact, generate_series(1, 205) n where id = $1 returning company_id, id)
       insert into vacancy_contact (company_id, vacancy_id, contact_id, stage_id, stage_at, added_at)
       select company_id, $2, id, $3, now(), now() from copies`,
      [id, made.id, stageOf(made, 'Applied')],
    );
    expect((await list(made))[0]).toHaveLength(50);
    const [ids, total] = await list(made, '?limit=200');
    expect([ids.length, total]).toEqual([200, 205]);
  });

  it('200: of one stage; none of one that there is not', async () => {
    const { admin } = world.company;
    const made = await newVacancy(world.company);
    const [one, two] = [(await newContact(admin)).id, (await newContact(admin)).id];
    await placed(admin, made, one);
    await placed(admin, made, two, 'Hired');
    const of = (stage: string) => list(made, `?stage=${encodeURIComponent(stage)}`);
    expect(await of(stageOf(made, 'Hired'))).toEqual([[two], 1]);
    expect(await of(stageOf(made, 'Interview'))).toEqual([[], 0]);
    for (const none of [randomUUID(), 'Applied', '%']) expect(await of(none)).toEqual([[], 0]);
    expect(await of('')).toEqual([[one, two], 2]);
  });

  it('200: each reader finds and counts whom it sees; no one who is archived, anonymised or deleted', async () => {
    const company = await world.server.company();
    const { admin } = company;
    const [member, limited, confidential] = [
      await company.user('team_member'),
      await company.user('limited'),
      await company.user('confidential'),
    ];
    const made = await newVacancy(company);
    const of = async (more: object = {}) => {
      const { id } = await newContact(admin, more);
      await placed(admin, made, id);
      return id;
    };
    const [open, secret, own] = [
      await of(),
      await of({ confidential: true }),
      await of({ assignedTo: limited.id }),
    ];
    const [archived, anonymised, deleted] = [await of(), await of(), await of()];
    await admin.post(contactPath(archived, '/archive'));
    await admin.post(contactPath(anonymised, '/anonymize'));
    await admin.delete(contactPath(deleted));
    expect(await list(made, '', admin)).toEqual([[open, secret, own], 3]);
    expect(await list(made, '', member)).toEqual([[open, own], 2]);
    expect(await list(made, '', confidential)).toEqual([[open, secret, own], 3]);
    expect(await list(made, '', limited)).toEqual([[own], 1]);
    expect(await list(made, '?skip=1', member)).toEqual([[own], 2]);
  });

  it.each([
    ['limit=201', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=x', 'limit'],
    ['skip=-1', 'skip'],
    ['skip=1e99', 'skip'],
    ['stage=%00', 'stage'],
  ])('400: %s', async (query, field) => {
    const { status, body } = await world.company.admin.get(path(await vacancy(), `?${query}`));
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });

  it('404: the role restricted, as where there is none', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(path(await vacancy()))).status).toBe(404);
    expect((await world.company.admin.get(path(randomUUID()))).status).toBe(404);
  });
});
