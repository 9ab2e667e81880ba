import { beforeAll, describe, expect, it } from 'vitest';
import { eventPath, newEvent } from '../../../test/factories.ts';
import type { Answer, TestCompany } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { newField } from '../custom-fields/http/fixtures/fields.ts';

type Body = Answer['body'];
const world = twoCompanies();
let own: TestCompany;
let fieldId: string;
let gone: Body;
const shared = { description: 'Shared words', location: { city: 'Oslo', lat: 59.9, lng: 10.7 } };
beforeAll(async () => {
  own = await world.server.company();
  fieldId = (await newField(own)).id;
  const customFields = [{ id: fieldId, value: 'Said' }];
  await newEvent(own, { name: 'here', ...shared, customFields });
  gone = await newEvent(own, { name: 'gone', ...shared, customFields });
  await own.admin.delete(eventPath(gone.id));
});

const search = (request: object, company = own) =>
  company.admin.post('/v1/attractEvents/search', { sortFieldId: 'name', ...request });
async function found(...data: object[]): Promise<string[]> {
  const { status, body } = await search({ data });
  expect([status, body.message]).toEqual([200, undefined]);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ name }: Body) => name);
}
const eq = (value: unknown) => ({ op: 'EQ', value });
const deleted = { deletedAt: { op: 'NEQ', value: null } };

describe('a deleted event', () => {
  it('is found by nothing that does not ask for deletedAt', async () => {
    expect(await found()).toEqual(['here']);
    for (const query of [
      {},
      { id: { op: 'NEQ', value: null } },
      { description: eq('Shared words') },
      { 'location/city': { op: 'PREFIX', value: 'O' } },
      { FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value: 'shared oslo' } },
      { 'location/geoPoint': { op: 'WITHIN', value: { lat: 59.9, lon: 10.7, km: 10 } } },
      { 'start/timestamp': { op: 'GT', value: '2000-01-01' } },
      { customFields: { [fieldId]: eq('Said') } },
      { name: { op: 'ANY', value: [eq('gone'), eq('here')] } },
    ])
      expect([query, await found(query)]).toEqual([query, ['here']]);
    expect(await found({ id: eq(gone.id) })).toEqual([]);
    expect(await found({ id: eq(gone.id) }, { name: eq('gone') })).toEqual([]);
    expect(await found({ name: { op: 'NEQ', value: 'here' } })).toEqual([]);
  });

  it('is found where deletedAt is asked for, as any condition says', async () => {
    for (const [condition, names] of [
      [{ op: 'NEQ', value: null }, ['gone']],
      [{ op: 'EQ', value: null }, ['here']],
      [{ op: 'GT', value: { daysAgo: 1 } }, ['gone']],
      [{ op: 'LT', value: { daysAgo: 1 } }, []],
      [{ op: 'GTE', value: '2000-01-01' }, ['gone']],
      [{ op: 'NEQ', value: '2000-01-01' }, ['gone', 'here']],
      [{ op: 'ANY', value: [eq(null), { op: 'NEQ', value: null }] }, ['gone', 'here']],
      [{ op: 'ALL', value: [] }, ['gone', 'here']],
    ] as const)
      expect([condition, await found({ deletedAt: condition })]).toEqual([condition, names]);
  });

  it('is found by all else that holds for it beside', async () => {
    expect(await found({ ...deleted, customFields: { [fieldId]: eq('Said') } })).toEqual(['gone']);
    const words = { FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value: 'shared' } };
    expect(await found({ ...deleted, ...words })).toEqual(['gone']);
    expect(await found({ ...deleted, name: eq('here') })).toEqual([]);
  });

  it('is found by those of several queries that ask for it, and by no others', async () => {
    expect(await found({ name: eq('here') }, deleted)).toEqual(['gone', 'here']);
    expect(await found({}, { ...deleted, name: eq('none') })).toEqual(['here']);
    expect(await found({ name: eq('gone') }, { ...deleted, name: eq('here') })).toEqual([]);
    expect(await found({ name: eq('gone') }, { deletedAt: eq(null) })).toEqual(['here']);
  });

  it('is shown as it was, with when and by whom; also cancelled and sorted', async () => {
    const { body } = await search({ data: [deleted], sortFieldId: 'deletedAt', sortDir: 'DESC' });
    expect(body.data).toEqual([{ ...gone, deletedAt: expect.any(String), deletedBy: own.admin.id }]);
    expect(Math.abs(Date.parse(body.data[0].deletedAt) - Date.now())).toBeLessThan(60_000);
  });

  it('is none of another company’s', async () => {
    const { body } = await search({ data: [deleted] }, world.other);
    expect(body).toEqual({ data: [], total: 0 });
  });

  it('is shown without the link to check-in to who only reads events', async () => {
    const reader = await own.user('restricted');
    const { body } = await reader.post('/v1/attractEvents/search', { data: [deleted] });
    expect(body.data.map(({ name, relations }: Body) => [name, Object.keys(relations)])).toEqual([
      ['gone', ['flowReg']],
    ]);
  });
});
