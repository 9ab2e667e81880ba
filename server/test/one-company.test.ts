import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { citusRefuses, readVolatility, type Volatility } from './citus-limits.ts';
import { CATALOG } from './global-setup.ts';
import { type CompanyColumns, strayTables } from './one-company.ts';
import { type Node, queryTrees } from './query-tree.ts';
import { companyColumns } from './schema-catalog.ts';

let client: pg.Client;
let columns: CompanyColumns;
let volatility: Volatility;
beforeAll(async () => {
  client = new pg.Client({ ...inject('postgres'), user: 'headwater', database: CATALOG });
  await client.connect();
  columns = await companyColumns(client);
  volatility = await readVolatility(client);
});
afterAll(() => client.end());

/** $1 and $2 are numbers, $3 is an id, $4 a text. */
async function treeOf(text: string): Promise<Node> {
  const trees = await queryTrees(client, [{ text, parameters: ['int4', 'int4', 'uuid', 'text'] }]);
  return trees.get(text)!;
}

describe('strayTables', () => {
  it.each([
    'select c.wire from contact c where c.company_id = $1 and c.id = $3',
    'select id from contact where $1 = company_id',
    'select 1 from contact_key k join contact c on c.company_id = k.company_id and c.id = k.contact_id where k.company_id = $1',
    'select 1 from contact_key k join contact c using (company_id) where k.company_id = $1',
    'select 1 from contact c where c.company_id = $1 and (c.id = $3 or c.version = $2)',
    'select (select count(*) from contact o where o.company_id = c.company_id) from contact c where c.company_id = $1',
    'select 1 from team t left join contact c on c.company_id = t.company_id where t.company_id = $1',
    'select 1 from contact c where c.company_id = $1 union all select 1 from team t where t.company_id = $1',
    'with gone as (delete from team t where t.company_id = $1 returning t.company_id) select 1 from contact c join gone g on g.company_id = c.company_id',
    'select 1 from contact c join (select t.company_id, max(t.name) from team t where t.company_id = $1 group by t.company_id) n on n.company_id = c.company_id',
    'insert into team (company_id, id, name) values ($1, $3, $4)',
    'insert into team (company_id, id, name) select t.company_id, t.id, t.name from team t where t.company_id = $1',
    'insert into team (company_id, id, name) values ($1, $3, $4) on conflict (company_id, id) do update set name = excluded.name where team.id = $3',
    'update team t set name = $4 from contact c where t.company_id = $1 and c.company_id = t.company_id',
    'select 1 from company c where c.id = $2',
  ])('is content with: %s', async (text) => {
    expect(strayTables(await treeOf(text), columns)).toEqual([]);
  });

  it.each([
    ['no condition', 'select 1 from contact'],
    ['another condition', 'select 1 from contact c where c.id = $3'],
    ['another column of the same kind', 'select 1 from contact c where c.version = $1'],
    [
      'a join by id alone',
      'select 1 from contact_key k join contact c on c.id = k.contact_id where k.company_id = $1',
    ],
    ['two companies', 'select 1 from contact c, team t where c.company_id = $1 and t.company_id = $2'],
    [
      'two companies in a subquery',
      'select (select count(*) from team t where t.company_id = $2) from contact c where c.company_id = $1',
    ],
    [
      'a tie to a table that is open too',
      'select 1 from contact_key k join contact c on c.company_id = k.company_id',
    ],
    ['an or', 'select 1 from contact c where c.company_id = $1 or c.id = $3'],
    ['anything but equal', 'select 1 from contact c where c.company_id >= $1'],
    ['a fixed company', 'select 1 from contact c where c.company_id = 1'],
    [
      'the side of an outer join that keeps all its rows',
      'select 1 from team t left join contact c on c.company_id = t.company_id and t.company_id = $1',
    ],
    [
      'what only the other side says',
      'select 1 from team t left join contact c on c.company_id = $1 and t.company_id = c.company_id',
    ],
    [
      'what only a subquery says',
      'select 1 from contact c where exists (select from team t where t.company_id = $1 and c.company_id = t.company_id)',
    ],
    ['one half of a union', 'select 1 from contact c where c.company_id = $1 union all select 1 from team t'],
    [
      'a common table expression',
      'with x as (select id from team) select 1 from contact c where c.company_id = $1',
    ],
    ['an insert of another value', 'insert into team (company_id, id, name) values (1, $3, $4)'],
    ['an update', 'update team set name = $4 where id = $3'],
    ['a delete', 'delete from team where id = $3'],
  ])('finds a table astray: %s', async (_what, text) => {
    expect(strayTables(await treeOf(text), columns)).not.toEqual([]);
  });
});

describe('citusRefuses', () => {
  it.each([
    'select clock_timestamp() from team t where t.company_id = $1',
    "update team t set created_at = now() where t.company_id = $1 and t.created_at < now() - interval '1 day'",
    'update team t set name = coalesce($4, t.name) where t.company_id = $1',
    'insert into team (company_id, id, name, created_at) values ($1, $3, $4, clock_timestamp())',
    'insert into team (company_id, id, name) values ($1, $3, $4) on conflict (company_id, id) do update set name = excluded.name, created_at = excluded.created_at',
    'insert into team (company_id, id, name) select $1, $3, (select t.name from team t where t.company_id = $1 limit 1)',
    'delete from team t where t.company_id = $1 returning t.name',
    'update sign_in_attempt s set blocked_until = clock_timestamp()',
  ])('is content with: %s', async (text) => {
    expect(citusRefuses(await treeOf(text), new Set(columns.keys()), volatility)).toEqual([]);
  });

  it.each([
    ['a volatile function', 'update team t set created_at = clock_timestamp() where t.company_id = $1'],
    [
      'a volatile function in a condition',
      'delete from team t where t.company_id = $1 and t.created_at < clock_timestamp()',
    ],
    [
      'a stable function of a column',
      "update team t set created_at = t.created_at + interval '1 day' where t.company_id = $1",
    ],
    [
      'a stable function in coalesce',
      'update team t set created_at = coalesce(t.created_at, now()) where t.company_id = $1',
    ],
    [
      'a stable function in case',
      'update team t set created_at = case when $2 = 1 then now() end where t.company_id = $1',
    ],
    [
      'a cast that depends on the session',
      'update team t set name = t.created_at::text where t.company_id = $1',
    ],
    [
      'a stable function that is returned',
      'update team t set name = $4 where t.company_id = $1 returning now()',
    ],
    [
      'a time on conflict',
      'insert into team (company_id, id, name) values ($1, $3, $4) on conflict (company_id, id) do update set created_at = now()',
    ],
    [
      'a subquery among values',
      'insert into team (company_id, id, name) values ($1, $3, (select t.name from team t where t.company_id = $1 limit 1))',
    ],
    [
      'a write within a query',
      'with a as (update team t set created_at = clock_timestamp() where t.company_id = $1 returning t.id) select id from a',
    ],
  ])('finds: %s', async (_what, text) => {
    expect(citusRefuses(await treeOf(text), new Set(columns.keys()), volatility)).not.toEqual([]);
  });
});
