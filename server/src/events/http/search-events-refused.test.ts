import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from '../../../test/fuzz/hostile.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const SEARCH = '/v1/attractEvents/search';
const search = (request: object) => world.company.admin.post(SEARCH, request);
const eq = (value: unknown) => ({ op: 'EQ', value });

describe('a search that is not understood', () => {
  it.each<[string, unknown, string]>([
    ['data that is no list', {}, 'data'],
    ['data that is a text', 'all', 'data'],
    ['a query that is none', [{}, 7], 'data[1]'],
    ['a query that is null', [null], 'data[0]'],
    ['an unknown field', [{}, { titel: eq('a') }], 'data[1].titel'],
    ['a field of another spelling', [{ 'location.city': eq('Oslo') }], 'data[0].location.city'],
    ['a prototype’s field', [{ constructor: eq('a') }], 'data[0].constructor'],
    ['a field of answers that is no scalar', [{ metrics: eq(1) }], 'data[0].metrics'],
    ['no condition', [{ name: 'first' }], 'data[0].name'],
    ['an unknown operator', [{ name: { op: 'LIKE', value: 'a' } }], 'data[0].name.op'],
    ['an operator in lower case', [{ name: { op: 'eq', value: 'a' } }], 'data[0].name.op'],
    ['no operator', [{ name: { value: 'a' } }], 'data[0].name.op'],
    ['PREFIX of a time', [{ createdAt: { op: 'PREFIX', value: '2026' } }], 'data[0].createdAt.op'],
    ['EQ of a place', [{ 'location/geoPoint': eq({ lat: 1, lon: 1 }) }], 'data[0].location/geoPoint.op'],
    ['EQ of words', [{ FULL_TEXT_PREFIX: eq('a') }], 'data[0].FULL_TEXT_PREFIX.op'],
    ['FULL_TEXT_PREFIX of a text', [{ name: { op: 'FULL_TEXT_PREFIX', value: 'a' } }], 'data[0].name.op'],
    ['no value', [{ name: { op: 'EQ' } }], 'data[0].name.value'],
    ['a number for a text', [{ name: eq(1) }], 'data[0].name.value'],
    ['no time', [{ 'start/timestamp': eq('soon') }], 'data[0].start/timestamp.value'],
    [
      'days in words',
      [{ createdAt: { op: 'GT', value: { daysAgo: 'x' } } }],
      'data[0].createdAt.value.daysAgo',
    ],
    [
      'null for a comparison',
      [{ 'end/timestamp': { op: 'LT', value: null } }],
      'data[0].end/timestamp.value',
    ],
    ['ANY without a list', [{ name: { op: 'ANY', value: 'a' } }], 'data[0].name.value'],
    ['ANY of bare values', [{ name: { op: 'ANY', value: ['a'] } }], 'data[0].name.value[0]'],
    [
      'a wrong condition in a list',
      [{ type: { op: 'ALL', value: [eq('a'), eq(1)] } }],
      'data[0].type.value[1].value',
    ],
    [
      'no latitude',
      [{ 'location/geoPoint': { op: 'WITHIN', value: { lon: 1, km: 1 } } }],
      'data[0].location/geoPoint.value.lat',
    ],
    ['an unknown custom field', [{ customFields: { [randomUUID()]: eq('a') } }], undefined as never],
    ['custom fields that are no object', [{ customFields: [] }], 'data[0].customFields'],
    ['too many queries', Array(51).fill({}), 'data'],
  ])('400: %s', async (_, data, path) => {
    const { status, body } = await search({ data });
    const id = Array.isArray(data) && Object.keys(data[0]?.customFields ?? {})[0];
    expect([status, body.message.split(': ')[0]]).toEqual([400, path ?? `data[0].customFields.${id}`]);
  });

  it.each([
    [{ limit: -1 }, 'limit'],
    [{ limit: 201 }, 'limit'],
    [{ limit: 1.5 }, 'limit'],
    [{ limit: '20' }, 'limit'],
    [{ skip: -1 }, 'skip'],
    [{ skip: 2_147_483_648 }, 'skip'],
    [{ skip: '0' }, 'skip'],
    [{ sortDir: 'asc' }, 'sortDir'],
    [{ sortDir: 1 }, 'sortDir'],
    [{ sortFieldId: 'nome' }, 'sortFieldId'],
    [{ sortFieldId: '' }, 'sortFieldId'],
    [{ sortFieldId: '__proto__' }, 'sortFieldId'],
    [{ sortFieldId: 'location/geoPoint' }, 'sortFieldId'],
    [{ sortFieldId: 'FULL_TEXT_PREFIX' }, 'sortFieldId'],
    [{ sortFieldId: 'customFields' }, 'sortFieldId'],
    [{ sortFieldId: 'name; drop table event' }, 'sortFieldId'],
    [{ sortFieldId: 'x'.repeat(101) }, 'sortFieldId'],
  ])('400: %j is wrong at %s', async (request, path) => {
    const { status, body } = await search(request);
    expect([status, body.message.split(': ')[0]]).toEqual([400, path]);
  });

  it('400: the nearest known name is proposed', async () => {
    expect((await search({ data: [{ nome: eq('a') }] })).body.message).toMatch(/did you mean name\?/);
    expect((await search({ sortFieldId: 'createdat' })).body.message).toMatch(/did you mean createdAt\?/);
  });

  it('400: a body that is no object, or none', async () => {
    const { token } = world.company.admin;
    for (const body of ['[]', 'null', '"x"', '{', undefined])
      expect((await world.server.call('POST', SEARCH, { token, body })).status).toBe(400);
  });

  it('200 or 400: a value of any kind in any condition', async () => {
    const fields = ['id', 'owner/id', 'location/city', 'end/timestamp', 'deletedAt'];
    const anything = [...HOSTILE_TEXTS, ...HOSTILE_VALUES];
    const nameOf = (value: unknown) => (typeof value === 'string' ? value.slice(0, 50) : 'name');
    const queries = (value: unknown): unknown[] => [
      ...fields.flatMap((field) => [
        { [field]: value },
        ...['EQ', 'NEQ', 'PREFIX', 'GT', 'ANY'].map((op) => ({ [field]: { op, value } })),
        { [field]: { op: 'ALL', value: [{ op: 'NEQ', value }] } },
      ]),
      { FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value } },
      { 'location/geoPoint': { op: 'WITHIN', value: { lat: value, lon: value, km: value } } },
      { createdAt: { op: 'GT', value: { daysAgo: value } } },
      { customFields: value },
      { customFields: { [nameOf(value)]: eq(value) } },
      { [nameOf(value)]: eq(value) },
      value,
    ];
    for (const value of anything) {
      const answers = await Promise.all(queries(value).map((query) => search({ data: [query], limit: 1 })));
      for (const { status } of answers) expect([200, 400, 413]).toContain(status);
    }
    for (const name of ['limit', 'skip', 'sortDir', 'sortFieldId', 'data']) {
      const answers = await Promise.all(anything.map((value) => search({ [name]: value })));
      for (const { status } of answers) expect([200, 400, 413]).toContain(status);
    }
  });
});
