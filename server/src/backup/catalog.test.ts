import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CATALOG } from '../../test/global-setup.ts';
import { tablesOf } from './catalog.ts';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ ...inject('postgres'), user: 'headwater', database: CATALOG });
  await client.connect();
});
afterAll(() => client.end());

const names = async (sql: string) => (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name);

it('finds every table that is not unlogged', async () => {
  const all = await names(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence <> 'u'",
  );
  expect(all.length).toBeGreaterThan(30);
  expect((await tablesOf(client)).map(({ name }) => name).toSorted()).toEqual(all.toSorted());
});

it('meets nothing else that holds data: no partitions, no materialised views, no large objects', async () => {
  const others = await names(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i', 'S', 't', 'v', 'c')",
  );
  expect(others).toEqual([]);
  expect(await names('select oid::text as name from pg_largeobject_metadata')).toEqual([]);
});

it('meets files in one column only: the photos of customers, which named-files.ts reads', async () => {
  const columns = await names(`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname ~ '(photo|file|image|picture).*_key$'`);
  expect(columns).toEqual(['customer.photo_key']);
});
