import { beforeAll, describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { eventPath, newEvent, newUser } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ROLES } from '../../identity/permissions.ts';

type Body = Answer['body'];
const world = twoCompanies();
const SEARCH = '/v1/attractEvents/search';
const PLACE = [
  'name',
  'address',
  'address2',
  'postcode',
  'city',
  'county',
  'country',
  'formattedAddress',
  'url',
];
/** Texts that may be unset; `first` and `second` have them, `third` has none. */
const TEXTS = ['description', 'locationUrl', ...PLACE.map((part) => `location/${part}`)];
const text = (value: string) => ({
  description: value,
  locationUrl: value,
  location: Object.fromEntries(PLACE.map((part) => [part, value])),
});
const events: Record<string, Body> = {};
const day = (date: string) => ({ timestamp: `${date}T00:00:00.000Z` });
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

beforeAll(async () => {
  const { company, other, server } = world;
  const owner = await newUser(company);
  events.first = await newEvent(company, {
    ...text('alpha.example'),
    name: 'first',
    type: 'campus',
    locationType: 'physical',
    timezone: 'Europe/Berlin',
    start: day('2026-03-01'),
    end: day('2026-03-02'),
    owner: { id: owner.id },
  });
  events.second = await newEvent(company, {
    ...text('alps.example'),
    name: 'second',
    type: 'webinar',
    status: 'draft',
    locationType: 'virtual_physical',
    timezone: 'America/New_York',
    start: day('2026-03-10'),
    end: day('2026-03-12'),
  });
  events.third = await newEvent(company, { name: 'third', type: 'other', start: day('2026-03-20') });
  await company.admin.put(eventPath(events.third.id), { owner: null });
  await company.admin.post(eventPath(events.third.id, '/cancel'));
  for (const [name, moment] of [
    ['first', daysAgo(30)],
    ['second', daysAgo(10)],
    ['third', daysAgo(1)],
  ] as const)
    await server.sql(
      `update event set created_at = $2, updated_at = $2,
         cancelled_at = case when cancelled_at is null then null else $2::timestamptz end where id = $1`,
      [events[name].id, moment],
    );
  for (const name of ['first', 'second', 'third'])
    events[name] = (await company.admin.get(eventPath(events[name].id))).body;
  await newEvent(other, { ...text('alpha.example'), name: 'foreign', start: day('2026-03-01') });
});

const search = (request: object) => world.company.admin.post(SEARCH, request);
/** The first letters of what is found, by start: f(irst), s(econd), t(hird). */
async function found(data: unknown): Promise<string> {
  const { status, body } = await search({ data });
  expect([status, body.message]).toEqual([200, undefined]);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ name }: Body) => name[0]).join('');
}
const finding = (field: string, op: string, value: unknown) => found([{ [field]: { op, value } }]);
const eq = (value: unknown) => ({ op: 'EQ', value });

describe('POST /v1/attractEvents/search', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: SEARCH, body: {} }));

  it('200: all of them as they are read one by one, by start', async () => {
    const { status, body, headers } = await search({});
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    expect(body).toEqual({ data: [events.first, events.second, events.third], total: 3 });
  });

  it('200: everything by no data, no queries, an empty query, null', async () => {
    for (const data of [undefined, null, [], [{}], [{ name: eq('none') }, {}], [{ customFields: {} }]])
      expect(await found(data)).toBe('fst');
    const nothing = { data: null, limit: null, skip: null, sortDir: null, sortFieldId: null };
    expect((await search(nothing)).body.total).toBe(3);
  });

  it('200: what one of the queries holds for; of a query, all', async () => {
    expect(await found([{ name: eq('first') }, { type: eq('other') }])).toBe('ft');
    expect(await found([{ name: eq('first'), type: eq('other') }])).toBe('');
    expect(await found([{ name: eq('first'), type: eq('campus') }, { name: eq('none') }])).toBe('f');
  });

  it('200: the request of the published description', async () => {
    const of = (op: string, value: unknown) => ({ op, value });
    const { status, headers } = await search({
      data: [
        {
          FULL_TEXT_PREFIX: of('FULL_TEXT_PREFIX', 'search string'),
          createdAt: of('GTE', '2015-09-01T00:00:00.0000'),
          customFields: {},
          'end/timestamp': of('LT', '2020-09-01T00:00:00.0000'),
          'location/city': of('EQ', 'San Francisco'),
          'location/geoPoint': of('WITHIN', { lat: 1, lon: 2, km: 3 }),
          locationType: of('EQ', 'virtual_physical'),
          'owner/id': of('ANY', [of('EQ', world.company.admin.id)]),
          'start/timestamp': of('GT', '2015-09-01T00:00:00.0000'),
          'timezone/id': of('EQ', 'UTC'),
          type: of('ANY', [of('EQ', 'campus'), of('EQ', 'webinar')]),
          deletedAt: of('EQ', null),
        },
      ],
      limit: 20,
      skip: 0,
      sortDir: 'ASC',
      sortFieldId: 'name',
    });
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
  });

  it('200: to every role; the link to check-in is for who writes events', async () => {
    for (const role of ROLES) {
      const { status, body } = await (await world.company.user(role)).post(SEARCH, {});
      expect([role, status, body.total]).toEqual([role, 200, 3]);
      const writes = ['super_admin', 'marketing_admin', 'marketing_team_member'].includes(role);
      for (const { relations } of body.data) {
        expect(relations.flowReg.publicUrl).toMatch(/\/register\//);
        expect('flowCheckIn' in relations).toBe(writes);
      }
      expect(JSON.stringify(body).includes('check-in')).toBe(writes);
    }
  });

  it('200: another company finds and counts its own, whatever it asks', async () => {
    for (const data of [[], [{ name: eq('first') }, {}], [{ id: { op: 'NEQ', value: null } }]]) {
      const { body } = await world.other.admin.post(SEARCH, { data });
      expect([body.total, body.data.map(({ name }: Body) => name)]).toEqual([1, ['foreign']]);
    }
    for (const query of [{ id: eq(events.first.id) }, { 'owner/id': eq(events.first.owner.id) }]) {
      const { body } = await world.other.admin.post(SEARCH, { data: [query] });
      expect(body).toEqual({ data: [], total: 0 });
    }
  });

  it('200: unknown properties beside the data are ignored and named', async () => {
    const { status, headers } = await search({ query: [], data: [] });
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, 'query']);
  });
});

describe('a search by a text', () => {
  it.each(TEXTS)('%s', async (field) => {
    const [one, other] = ['alpha.example', 'alps.example'];
    for (const [op, value, names] of [
      ['EQ', one, 'f'],
      ['EQ', 'ALPHA.example', ''],
      ['EQ', '', ''],
      ['NEQ', one, 'st'],
      ['PREFIX', 'al', 'fs'],
      ['PREFIX', 'alp', 'fs'],
      ['PREFIX', 'alps', 's'],
      ['PREFIX', '', 'fs'],
      ['PREFIX', 'al%', ''],
      ['LT', other, 'f'],
      ['LTE', other, 'fs'],
      ['GT', one, 's'],
      ['GTE', one, 'fs'],
      ['EQ', null, 't'],
      ['NEQ', null, 'fs'],
      ['ANY', [eq(one), eq(null)], 'ft'],
      ['ANY', [eq(one), eq(other)], 'fs'],
      ['ANY', [], ''],
      [
        'ALL',
        [
          { op: 'NEQ', value: one },
          { op: 'NEQ', value: null },
        ],
        's',
      ],
      [
        'ALL',
        [
          { op: 'ANY', value: [eq(one), eq(other)] },
          { op: 'PREFIX', value: 'alph' },
        ],
        'f',
      ],
      ['ALL', [], 'fst'],
    ] as const)
      expect([op, value, await finding(field, op, value)]).toEqual([op, value, names]);
  });

  it.each<[string, (event: Body) => unknown]>([
    ['id', ({ id }) => id],
    ['name', ({ name }) => name],
    ['type', ({ type }) => type],
    ['status', ({ status }) => status],
    ['locationType', ({ locationType }) => locationType ?? null],
    ['owner/id', ({ owner }) => owner?.id ?? null],
    ['timezone/id', ({ timezone }) => timezone.id],
    ['timezone/name', ({ timezone }) => timezone.name],
    ['timezone/value', ({ timezone }) => timezone.value],
  ])('%s as it is answered', async (field, answered) => {
    for (const name of ['first', 'second', 'third'] as const) {
      const value = answered(events[name]);
      const rest = 'fst'.replace(name[0]!, '');
      expect(await finding(field, 'EQ', value)).toBe(name[0]);
      expect(await finding(field, 'NEQ', value)).toBe(rest);
      expect(await finding(field, 'ANY', [eq(value), eq('none')])).toBe(name[0]);
      if (value !== null) expect(await finding(field, 'PREFIX', value)).toBe(name[0]);
    }
    expect(await finding(field, 'EQ', 'none')).toBe('');
  });
});

describe('a search by a time', () => {
  it.each([
    ['start/timestamp', '2026-03-10', 'fst'],
    ['end/timestamp', '2026-03-12', 'fs'],
  ])('%s', async (field, moment, set) => {
    const unset = 'fst'.replace(set, '');
    const late = set.replace('fs', '');
    for (const [op, value, names] of [
      ['EQ', moment, 's'],
      ['EQ', `${moment}T02:00:00+02:00`, 's'],
      ['EQ', `${moment}T00:00:00.0000`, 's'],
      ['NEQ', moment, 'ft'],
      ['LT', moment, 'f'],
      ['LTE', moment, 'fs'],
      ['GT', moment, late],
      ['GTE', moment, `s${late}`],
      ['EQ', null, unset],
      ['NEQ', null, set],
      ['ANY', [eq(moment), { op: 'LT', value: '2026-03-05' }], 'fs'],
      [
        'ALL',
        [
          { op: 'GT', value: '2026-03-01' },
          { op: 'NEQ', value: null },
        ],
        field[0] === 's' ? 'st' : 'fs',
      ],
      ['LT', { daysAgo: -36_500 }, set],
      ['LT', { daysAgo: 36_500 }, ''],
    ] as const)
      expect([op, value, await finding(field, op, value)]).toEqual([op, value, names]);
  });

  it.each(['createdAt', 'updatedAt'])('%s, so many days ago too', async (field) => {
    expect(await finding(field, 'EQ', events.second[field])).toBe('s');
    expect(await finding(field, 'GTE', { daysAgo: 20 })).toBe('st');
    expect(await finding(field, 'LT', { daysAgo: 20 })).toBe('f');
    expect(await finding(field, 'GT', { daysAgo: 1.5 })).toBe('t');
    expect(await finding(field, 'GT', { daysAgo: -1 })).toBe('');
    expect(await finding(field, 'EQ', null)).toBe('');
    expect(await finding(field, 'NEQ', null)).toBe('fst');
  });

  it('cancelledAt', async () => {
    expect(await finding('cancelledAt', 'NEQ', null)).toBe('t');
    expect(await finding('cancelledAt', 'EQ', null)).toBe('fs');
    expect(await finding('cancelledAt', 'GT', { daysAgo: 2 })).toBe('t');
    expect(await finding('cancelledAt', 'EQ', events.third.cancelledAt)).toBe('t');
  });
});
