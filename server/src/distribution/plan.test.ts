import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { CATALOG } from '../../test/global-setup.ts';
import { serverTables } from '../../test/schema-catalog.ts';
import { readTables, type TableShape } from './catalog.ts';
import { planDistribution } from './plan.ts';

describe('the plan for the migrated schema', () => {
  let tables: TableShape[];
  beforeAll(async () => {
    const client = new pg.Client({ ...inject('postgres'), user: 'headwater', database: CATALOG });
    await client.connect();
    tables = await readTables(client).finally(() => client.end());
  });

  it('has a place for every table, and nothing against it', () => {
    const { kinds, refusals } = planDistribution(tables);
    expect(refusals).toEqual([]);
    const of = (kind: string) => [...kinds].flatMap(([name, one]) => (one === kind ? [name] : []));
    expect(of('reference')).toEqual(['account_email', 'company']);
    expect(of('local').toSorted()).toEqual(
      [...serverTables].filter((name) => !of('reference').includes(name)).toSorted(),
    );
    expect(of('distributed').toSorted()).toEqual(
      tables
        .map(({ name }) => name)
        .filter((name) => !serverTables.has(name))
        .toSorted(),
    );
  });

  it('makes each table of it once, after those that it refers to, all in one place', () => {
    const { kinds, steps } = planDistribution(tables);
    const made = steps.flatMap(({ sql }) => /^select create_(\w+)_table\('(\w+)'/.exec(sql)?.slice(1) ?? []);
    const order = made.filter((_, index) => index % 2 === 1);
    expect(order.toSorted()).toEqual(
      [...kinds].flatMap(([name, kind]) => (kind === 'local' ? [] : [name])).toSorted(),
    );
    const early = tables.flatMap(({ name, foreignKeys }) =>
      foreignKeys.filter(({ target }) => order.indexOf(target) > order.indexOf(name)).map((key) => key.name),
    );
    expect(early).toEqual([]);
    const beside = steps.flatMap(({ sql }) => /colocate_with => '(\w+)'/.exec(sql)?.[1] ?? []);
    expect(beside).toEqual(['none', ...Array(beside.length - 1).fill('account')]);
  });

  it('takes the action off foreign keys that set columns, before their tables are made', () => {
    const { steps } = planDistribution(tables);
    const texts = steps.map(({ sql }) => sql);
    const altered = texts.filter((sql) => sql.startsWith('alter table'));
    expect(altered).toContain(
      'alter table note drop constraint note_company_id_author_id_fkey, add constraint note_company_id_author_id_fkey ' +
        'FOREIGN KEY (company_id, author_id) REFERENCES crm_user(company_id, account_id)',
    );
    expect(altered.filter((sql) => /\bset\b/i.test(sql))).toEqual([]);
    expect(altered).toHaveLength(
      tables.flatMap(({ foreignKeys }) => foreignKeys).filter(({ setsColumns }) => setsColumns).length,
    );
    expect(texts.findLastIndex((sql) => sql.startsWith('alter table'))).toBeLessThan(
      texts.findIndex((sql) => sql.startsWith('select create_')),
    );
  });

  it('has nothing to do where all is done, and only the rest where some is', () => {
    const { kinds, steps } = planDistribution(tables);
    expect(planDistribution(tables, new Set(kinds.keys())).steps).toEqual([]);
    const rest = planDistribution(tables, new Set([...kinds.keys()].filter((name) => name !== 'note'))).steps;
    expect(rest.map(({ sql }) => sql)).toEqual([
      steps[0]!.sql,
      expect.stringMatching(/^alter table note drop constraint/),
      "select create_distributed_table('note', 'company_id', colocate_with => 'account')",
    ]);
  });
});

describe('a plan', () => {
  const key = { definition: '', columns: ['company_id'], targetColumns: ['company_id'], setsColumns: false };
  const table = (name: string, changes: Partial<TableShape> = {}): TableShape => ({
    ...{ name, company: 'integer', keys: [['company_id', 'id']], foreignKeys: [], triggers: [] },
    ...changes,
  });
  const server = { company: undefined, keys: [['id']] };
  const refers = (target: string, changes = {}) => ({
    foreignKeys: [{ ...key, name: `to_${target}`, target, ...changes }],
  });

  it.each<[string, TableShape[], string]>([
    [
      'a key without the company',
      [table('a'), table('b', { keys: [['id']] })],
      'b has a key without company_id',
    ],
    ['no key at all', [table('a'), table('b', { keys: [] })], 'b has no key'],
    [
      'a company of another type',
      [table('a'), table('b', { company: 'bigint' })],
      'company_id of b is bigint',
    ],
    ['a trigger', [table('a', { triggers: ['t'] })], 'a has triggers (t)'],
    [
      'a server’s table that refers to a spread one',
      [table('a'), table('s', { ...server, ...refers('a') })],
      's is not spread by company and refers to a',
    ],
    [
      'a foreign key past the company',
      [table('a'), table('b', refers('a', { columns: ['id'], targetColumns: ['id'] }))],
      'to_a of b does not tie company_id',
    ],
    ['a schema without companies', [table('s', server)], 'there is nothing to distribute'],
  ])('is refused for %s', (_what, tables, sentence) => {
    expect(planDistribution(tables).refusals.join()).toContain(sentence);
  });

  it('keeps on every server what spread tables refer to, and what refers to that; others stay', () => {
    const { kinds, refusals } = planDistribution([
      table('a', refers('s', { targetColumns: ['id'] })),
      table('s', { ...server, ...refers('base') }),
      table('base', server),
      table('beside', { ...server, ...refers('s') }),
      table('alone', server),
    ]);
    expect(refusals).toEqual([]);
    expect(Object.fromEntries(kinds)).toEqual({
      ...{ a: 'distributed', s: 'reference', base: 'reference', beside: 'reference', alone: 'local' },
    });
  });
});
