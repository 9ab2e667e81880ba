import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  essence,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const put = (vacancy: Body, id: string, body: object = {}) =>
  world.company.admin.put(standingPath(vacancy, id), body);
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;
const both = async () => [await newVacancy(world.company), await contact()] as const;

describe('PUT /v1/vacancy/{vacancyid}/contacts/{contactid}', () => {
  const pair = async () => {
    const [vacancy, id] = await both();
    return { vacancy, id };
  };
  knowsItsCallers(world, 'PUT', async () => {
    const { vacancy, id } = await pair();
    return { path: standingPath(vacancy, id), body: {} };
  });
  keepsCompaniesApart(
    world,
    'PUT',
    async () => (await newVacancy(world.company)).hash_id,
    (name) => vacancyPath(name, `/contacts/${world.other.admin.id}`),
    { body: {}, look: vacancyPath },
  );

  it('200: puts it on the first stage, and says so in the answer, the contact and the list', async () => {
    const [vacancy, id] = await both();
    const before = await read(id);
    const { status, body } = await put(vacancy, id);
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      fullName: before.fullName,
      primaryEmail: before.primaryEmail,
      date: expect.any(String),
      stage: { id: stageOf(vacancy, 'Applied'), value: 'Applied', locked: false, date: body.date },
    });
    expect(Math.abs(Date.parse(body.date) - Date.now())).toBeLessThan(60_000);
    expect((await world.company.admin.get(vacancyPath(vacancy.hash_id, '/contacts'))).body).toEqual({
      contacts: [body],
      totalCount: 1,
    });
    const after = await read(id);
    expect(after).toEqual({
      ...before,
      version: before.version + 1,
      updatedTime: expect.any(String),
      vacancies: [
        {
          id: vacancy.id,
          value: vacancy.title,
          stage: { id: stageOf(vacancy, 'Applied'), value: 'Applied' },
        },
      ],
    });
    expect(Date.parse(after.updatedTime)).toBeGreaterThan(Date.parse(before.updatedTime));
    expect(await auditTrail(world.server, id)).toEqual(['contact.create', 'contact.update']);
  });

  it('200: moves it; each move a version, a time and an audit row on', async () => {
    const [vacancy, id] = await both();
    const first = (await put(vacancy, id)).body;
    const one = await read(id);
    const { body } = await put(vacancy, id, { stage: { id: stageOf(vacancy, 'Interview') } });
    expect(body).toEqual({
      ...first,
      stage: { id: stageOf(vacancy, 'Interview'), value: 'Interview', locked: false, date: body.stage.date },
    });
    expect(body.stage.date > first.stage.date).toBe(true);
    const two = await read(id);
    expect(two.version).toBe(one.version + 1);
    expect(two.updatedTime > one.updatedTime).toBe(true);
    expect(await auditTrail(world.server, id)).toEqual([
      'contact.create',
      'contact.update',
      'contact.update',
    ]);
  });

  it('200: the vacancy by its hash_id or its id, and either id in either case', async () => {
    const [vacancy, id] = await both();
    const first = (await put(vacancy, id)).body;
    for (const [name, contactid] of [
      [vacancy.id, id],
      [vacancy.id.toUpperCase(), id.toUpperCase()],
    ]) {
      const { status, body } = await world.company.admin.put(vacancyPath(name, `/contacts/${contactid}`), {});
      expect([status, body]).toEqual([200, first]);
    }
  });

  it('200: without a stage it stays where it is; a priority is set, kept, changed and taken back', async () => {
    const [vacancy, id] = await both();
    await placed(world.company.admin, vacancy, id, 'Interview');
    const set = (await put(vacancy, id, { priority: 'high' })).body;
    expect(set).toMatchObject({ priority: 'high', stage: { value: 'Interview' } });
    expect((await read(id)).vacancies).toMatchObject([{ priority: 'high' }]);
    expect((await put(vacancy, id, { stage: null })).body).toEqual(set);
    expect((await placed(world.company.admin, vacancy, id, 'Applied')).priority).toBe('high');
    expect((await put(vacancy, id, { priority: 'low' })).body.priority).toBe('low');
    for (const none of [null, '']) {
      await put(vacancy, id, { priority: 'low' });
      expect((await put(vacancy, id, { priority: none })).body).not.toHaveProperty('priority');
      expect((await read(id)).vacancies[0]).not.toHaveProperty('priority');
    }
  });

  it('200: the same again is nothing: no version, no history, no audit row', async () => {
    const [vacancy, id] = await both();
    const stage = { id: stageOf(vacancy, 'Interview') };
    const rejectionReason = { id: 'r', value: 'Too far' };
    const first = (await put(vacancy, id, { stage, priority: 'high', rejectionReason })).body;
    const before = await read(id);
    const trail = await auditTrail(world.server, id);
    const history = (await world.company.admin.get(vacancyPath(vacancy.hash_id, '/history'))).body;
    for (const again of [
      {},
      { stage },
      { stage, priority: 'high', rejectionReason },
      { rejectionReason: { id: 'r' } },
      { rejectionReason: { value: ' Too far ' } },
      first,
    ])
      expect(essence(await put(vacancy, id, again))).toEqual({ status: 200, body: first });
    expect(await read(id)).toEqual(before);
    expect(await auditTrail(world.server, id)).toEqual(trail);
    expect((await world.company.admin.get(vacancyPath(vacancy.hash_id, '/history'))).body).toEqual(history);
  });

  it('200: what lists of vacancies answer can be sent back; what is not a standing is ignored and named', async () => {
    const [vacancy, id] = await both();
    await placed(world.company.admin, vacancy, id);
    const entry = (await world.company.admin.get(contactPath(id, '/vacancies'))).body.vacancies[0];
    const { status, headers } = await put(vacancy, id, entry);
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')!.split(', ').toSorted()).toEqual(
      ['date', 'id', 'integrations', 'owner', 'shortPublicId', 'stages', 'value'].toSorted(),
    );
    expect((await read(id)).version).toBe(2);
  });

  it('200: a contact is on several vacancies, in the order in which it came', async () => {
    const { admin } = world.company;
    const [first, id] = await both();
    const second = await newVacancy(world.company);
    await placed(admin, second, id);
    await placed(admin, first, id);
    await placed(admin, second, id, 'Hired');
    const on = (await read(id)).vacancies.map((entry: Body) => [entry.id, entry.stage.value]);
    expect(on).toEqual([
      [second.id, 'Hired'],
      [first.id, 'Applied'],
    ]);
  });
});
