import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openTables } from './company-scope.ts';
import { CATALOG } from './global-setup.ts';
import { serverTables, tenantTables } from './schema-catalog.ts';

let client: pg.Client;
let tenants: ReadonlySet<string>;
beforeAll(async () => {
  client = new pg.Client({ ...inject('postgres'), user: 'headwater', database: CATALOG });
  await client.connect();
  tenants = await tenantTables(client);
});
afterAll(() => client.end());

const names = async (text: string) =>
  (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);

describe('the schema', () => {
  it('has company_id, never null, in every table that is not the server’s', async () => {
    const having = await names(`
      select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and a.attname = 'company_id' and a.attnotnull and c.relkind = 'r'`);
    expect([...tenants].filter((table) => !having.includes(table))).toEqual([]);
    const tables = await names(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
    );
    expect([...serverTables].filter((table) => !tables.includes(table))).toEqual([]);
  });

  it('has a primary key in every table', async () => {
    const without = await names(`
      select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`);
    expect(without).toEqual([]);
  });

  it('has company_id first in every primary, unique and foreign key of a tenant table', async () => {
    const keys = await client.query<{ relname: string; name: string; first: string | null }>(`
      select c.relname, k.conname as name, a.attname as first
      from pg_constraint k join pg_class c on c.oid = k.conrelid
      left join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where c.relnamespace = 'public'::regnamespace and k.contype in ('p', 'u', 'f', 'x')
      union all
      select c.relname, i.relname, a.attname
      from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where c.relnamespace = 'public'::regnamespace and x.indisunique`);
    expect(keys.rows.length).toBeGreaterThan(tenants.size);
    const wrong = keys.rows.filter(({ relname, first }) => tenants.has(relname) && first !== 'company_id');
    expect(wrong).toEqual([]);
  });

  it('ties company_id to company_id in every foreign key between tenant tables', async () => {
    const { rows } = await client.query<{ name: string; target: string; first: string }>(`
      select k.conname as name, t.relname as target, a.attname as first
      from pg_constraint k join pg_class t on t.oid = k.confrelid
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = k.confkey[1]
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace`);
    expect(rows.filter(({ target, first }) => tenants.has(target) && first !== 'company_id')).toEqual([]);
  });

  it('refers to no tenant table from a table of the server', async () => {
    const { rows } = await client.query<{ name: string; source: string; target: string }>(`
      select k.conname as name, s.relname as source, t.relname as target
      from pg_constraint k join pg_class s on s.oid = k.conrelid join pg_class t on t.oid = k.confrelid
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace`);
    expect(rows.filter(({ source, target }) => serverTables.has(source) && tenants.has(target))).toEqual([]);
  });

  it('has company_id of one type everywhere, so that one company is in one place', async () => {
    const { rows } = await client.query<{ type: string; tables: string[] }>(`
      select format_type(a.atttypid, a.atttypmod) as type, array_agg(c.relname::text) as tables
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and (a.attname = 'company_id' or c.relname = 'company' and a.attname = 'id')
      group by 1`);
    expect(rows.map(({ type }) => type)).toEqual(['integer']);
    expect(rows[0]!.tables.length).toBeGreaterThan(tenants.size);
  });

  it('never takes a row from its company: no key sets company_id, none follows a change of it', async () => {
    const wrong = await names(`
      select k.conname as name from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'company_id' and a.attnum = any (k.conkey)
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and (k.confupdtype <> 'a'
          or k.confdeltype in ('n', 'd') and (k.confdelsetcols is null or a.attnum = any (k.confdelsetcols)))`);
    expect(wrong).toEqual([]);
  });

  it('calls no function of its own in defaults, checks, generated columns and indexes', async () => {
    const wrong = await names(`
      select pg_describe_object(d.classid, d.objid, d.objsubid) as name
      from pg_depend d join pg_proc f on d.refclassid = 'pg_proc'::regclass and f.oid = d.refobjid
      where f.pronamespace = 'public'::regnamespace`);
    expect(wrong).toEqual([]);
  });

  it('has no trigger and no rule: what happens is in the statements', async () => {
    expect(await names('select tgname as name from pg_trigger where not tgisinternal')).toEqual([]);
    expect(
      await names(
        "select rulename as name from pg_rewrite where rulename <> '_RETURN' and ev_class >= 16384",
      ),
    ).toEqual([]);
  });

  it('has no sequence in a tenant table: each company’s rows can live on a server of their own', async () => {
    const owners = await names(`
      select c.relname as name from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
      join pg_class c on c.oid = d.refobjid where d.deptype in ('a', 'i')`);
    expect(owners.filter((table) => tenants.has(table))).toEqual([]);
  });

  it('has functions that name the company of every tenant table they read', async () => {
    const { rows } = await client.query<{ proname: string; prosrc: string }>(
      "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace",
    );
    const open = rows.flatMap(({ proname, prosrc }) =>
      prosrc
        .split(';')
        .map((part) => part.slice(Math.max(0, part.search(/\b(?:select|insert|update|delete)\b/i))))
        .flatMap((part) => openTables(part, tenants).map((what) => `${proname} ${what}`)),
    );
    expect(open).toEqual([]);
  });
});
