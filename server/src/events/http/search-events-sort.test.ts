import { beforeAll, describe, expect, it } from 'vitest';
import { newEvent, newUser } from '../../../test/factories.ts';
import type { Answer, TestCompany } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

type Body = Answer['body'];
const world = twoCompanies();
const SEARCH = '/v1/attractEvents/search';
let own: TestCompany;
const search = async (request: object, company = own): Promise<Body> => {
  const { status, body } = await company.admin.post(SEARCH, request);
  expect([status, body.message]).toEqual([200, undefined]);
  return body;
};
const letters = (body: Body) => body.data.map(({ name }: Body) => name[0]).join('');

beforeAll(async () => {
  own = await world.server.company();
  const address = [
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
  const at = (text: string) => Object.fromEntries(address.map((part) => [part, text]));
  const owners = [await newUser(own), await newUser(own)];
  const zones = [
    ['a', 'America/New_York'],
    ['b', 'Asia/Tokyo'],
    ['c', 'Pacific/Auckland'],
  ] as const;
  // Made in the order c, a, b; what can be unset is unset in c.
  for (const [name, more] of [
    ['c', { start: { date: '2026-03-03' }, type: 'webinar', status: 'published' }],
    ['a', { start: { date: '2026-03-01' }, type: 'campus', status: 'cancelled' }],
    ['b', { start: { date: '2026-03-02' }, type: 'meetup', status: 'draft' }],
  ] as const) {
    const text = { a: 'Äa', b: 'ab' }[name as 'a' | 'b'];
    const place = name === 'a' ? 0 : 1;
    await newEvent(own, {
      ...more,
      name,
      timezone: zones.find(([each]) => each === name)![1],
      ...(text === undefined
        ? { owner: null }
        : {
            description: text,
            locationUrl: `${name}.example`,
            locationType: ['physical', 'virtual'][place],
            location: { ...at(text), url: `${name}.example` },
            owner: { id: owners[place].id },
            end: { date: `2026-04-0${place + 1}` },
          }),
    });
  }
  await world.server.sql('update event set owner_id = null where company_id = $1 and name = $2', [
    own.id,
    'c',
  ]);
});

describe('the order of a search', () => {
  it.each([
    ...['start/timestamp', 'name', 'type'].map((field) => [field, 'abc', 'cba'] as const),
    ...['id', 'createdAt', 'updatedAt'].map((field) => [field, 'cab', 'bac'] as const),
    ['status', 'abc', 'cba'],
    ...['end/timestamp', 'locationType', 'locationUrl', 'owner/id'].map(
      (field) => [field, 'abc', 'bac'] as const,
    ),
    ...[
      'name',
      'address',
      'address2',
      'postcode',
      'city',
      'county',
      'country',
      'formattedAddress',
      'url',
    ].map((part) => [`location/${part}`, 'abc', 'bac'] as const),
    ['timezone/id', 'abc', 'cba'],
    ['timezone/value', 'abc', 'cba'],
    ['timezone/name', 'abc', 'cba'],
    ['cancelledAt', 'acb', 'abc'],
    ['deletedAt', 'cab', 'bac'],
  ] as const)('by %s is %s, descending %s, the unset last', async (sortFieldId, ascending, descending) => {
    const up = letters(await search({ sortFieldId, sortDir: 'ASC' }));
    const down = letters(await search({ sortFieldId, sortDir: 'DESC' }));
    const usual = letters(await search({ sortFieldId }));
    expect([up, down, usual]).toEqual([ascending, descending, ascending]);
  });

  it('is by start unless asked otherwise', async () => {
    expect(letters(await search({}))).toBe('abc');
    expect(letters(await search({ sortDir: 'DESC' }))).toBe('cba');
  });

  it('of names is from A to Z, whatever case and accents', async () => {
    const company = await world.server.company();
    const names = ['Apfel', 'äpfel 2', 'APFEL 3', 'bär', 'Bärin', 'éclair', 'Eclair 2', 'Zebra'];
    for (const name of names.toReversed()) await newEvent(company, { name });
    const listed = async (sortDir: string) =>
      (await search({ sortFieldId: 'name', sortDir }, company)).data.map(({ name }: Body) => name);
    expect(await listed('ASC')).toEqual(names);
    expect(await listed('DESC')).toEqual(names.toReversed());
  });

  it('is completed by the id, so that pages neither lose nor repeat one', async () => {
    const company = await world.server.company();
    const made: string[] = [];
    for (let each = 0; each < 7; each++) made.push((await newEvent(company, { name: 'Twin' })).id);
    await world.server.sql(
      `update event set created_at = '2026-01-01', updated_at = '2026-01-01' where company_id = $1`,
      [company.id],
    );
    for (const sortFieldId of [
      undefined,
      'name',
      'type',
      'createdAt',
      'end/timestamp',
      'location/city',
      'id',
    ])
      for (const [sortDir, expected] of [
        ['ASC', made],
        ['DESC', made.toReversed()],
      ] as const) {
        const ids = [];
        for (let skip = 0; skip < 9; skip += 3) {
          const { data, total } = await search({ sortFieldId, sortDir, skip, limit: 3 }, company);
          expect(total).toBe(7);
          ids.push(...data.map(({ id }: Body) => id));
        }
        expect(ids).toEqual(expected);
      }
  });
});

describe('the page of a search', () => {
  it.each([
    [{ limit: 2 }, 'ab'],
    [{ limit: 2, skip: 2 }, 'c'],
    [{ limit: 1, skip: 1, sortDir: 'DESC' }, 'b'],
    [{ limit: 0 }, ''],
    [{ limit: 200 }, 'abc'],
    [{ skip: 3 }, ''],
    [{ skip: 2_147_483_647, limit: 200 }, ''],
    [{ limit: 1, data: [{ name: { op: 'NEQ', value: 'a' } }] }, 'b'],
  ])('%j is %j, with the count of all', async (request, names) => {
    const body = await search(request);
    expect([letters(body), body.total]).toEqual([names, 'data' in request ? 2 : 3]);
  });

  it('has twenty events unless asked otherwise, and two hundred at most; the count past 10,000 is an estimate', async () => {
    const company = await world.server.company();
    const { id } = await newEvent(company, { start: { timestamp: '2026-01-01T00:00:00Z' } });
    await world.server.sql(
      `insert into event (company_id, id, name, name_key, type, status, timezone, timezone_name, start_at,
         registration_slug, check_in_slug, words)
       select company_id, gen_random_uuid(), name, name_key, type, status, timezone, timezone_name,
         start_at + n * interval '1 minute', 'r' || n, 'c' || n, words
       from event, generate_series(1, 10004) n where id = $1`,
      [id],
    );
    const usual = await search({}, company);
    expect(usual.data).toHaveLength(20);
    expect(usual.data[0].id).toBe(id);
    expect(usual.total).toBeGreaterThan(10_000);
    const most = await search({ limit: 200, skip: 9_990 }, company);
    expect(most.data).toHaveLength(15);
    expect((await search({ limit: 200 }, company)).data).toHaveLength(200);
    const data = [{ 'start/timestamp': { op: 'GT', value: '2026-01-01T00:04:00Z' } }];
    expect((await search({ data, limit: 1 }, company)).total).toBe(10_000);
  });
});
