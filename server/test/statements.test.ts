import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listStatements, oneStatement } from '../src/contacts/contact-list-store.ts';
import { walkStatements } from '../src/contacts/walk-statements.ts';
import { declaredStatements, type Statement } from '../src/platform/db/statement.ts';
import { type ListFilter, OPERATORS, type Operator } from '../src/platform/list-request.ts';
import { vacancyListStatements } from '../src/vacancies/vacancy-list-store.ts';
import { eventSearchSamples } from './event-search-samples.ts';
import { CATALOG } from './global-setup.ts';
import { serverTables } from './schema-catalog.ts';
import { documented, spreadStatements } from './spread-statements.ts';
import { type Described, describeStatement } from './statement-description.ts';

/** Statements that belong to no one company, each with the reason why it may. */
const SERVER_STATEMENTS: Record<string, string> = {
  'account.by-email': 'signing in: the email is all there is, and leads to the company',
  'account.claim-email': 'account_email belongs to the server: one email, one account',
  'account.release-email': 'account_email belongs to the server',
  'company.by-id': 'company belongs to the server',
  'company.first': 'company belongs to the server',
  'company.insert': 'company belongs to the server',
  'company.lock-all': 'company belongs to the server',
  'contact-walk.outlived': 'the worker serves every company; it learns which to visit and no more',
  'contact.reserve-bulk-seats': 'names no table; bulk_moment() takes the company',
  'contact.seats': 'names no table; free_seat() takes the company',
  'contact.settled': 'names no table; contact_settled() takes the company',
  'contact.updated-seat': 'names no table; free_seat() takes the company',
  'customer-import.claim-emails': 'account_email belongs to the server: one email, one account',
  'customer-import.holders':
    'account_email belongs to the server: an email of another company is in use, and no more is said of it',
  'customer-import.lowered': 'names no table: how PostgreSQL writes the texts in lower case',
  'customer-import.plan-anew': 'names no table: the connection plans its statements anew',
  'customer.credentials': 'signing in: the identifier is all there is, and leads to the company',
  'database.ping': 'names no table',
  'doctor.server-state': 'names no table: PostgreSQL’s own settings',
  'outbox.due': 'the worker serves every company; it learns which to visit and no more',
  'outbox.outlived': 'the worker serves every company; it learns which to visit and no more',
  'process-demand.exchange': 'process_demand belongs to the server: its processes divide their limits',
  'process-demand.prune': 'process_demand belongs to the server',
  'sign-in-attempt.clear': 'sign_in_attempt belongs to the server',
  'sign-in-attempt.fail': 'sign_in_attempt belongs to the server',
  'sign-in-attempt.forgive': 'sign_in_attempt belongs to the server',
  'sign-in-attempt.prune': 'sign_in_attempt belongs to the server',
  'sign-in-attempt.take': 'sign_in_attempt belongs to the server: who signs in has no company yet',
  'transaction.begin': 'names no table',
  'transaction.commit': 'names no table',
  'use-count.count': 'use_count belongs to the server: limits of the public pages',
  'use-count.prune': 'use_count belongs to the server',
};

/** Columns that may be null in the table but never are where they are read so, each with the reason. */
const NEVER_NULL: Record<string, string> = {
  'contact.wire': 'null once the contact is deleted, and deleted ones are not read',
};

/** Statements that are composed when they are asked for: one for each branch of their composition. */
function composeSamples(): void {
  const value = '2026-01-01T00:00:00.000Z';
  const plain = {
    sort: 'created_at',
    descending: false,
    createdAt: undefined,
    updatedAt: undefined,
  } as const;
  const filters: ListFilter[] = [
    ...(['created_at', 'updated_at', 'id'] as const).flatMap((sort) =>
      [true, false].map((descending) => ({ ...plain, sort, descending })),
    ),
    ...(Object.keys(OPERATORS) as Operator[]).flatMap((op) => [
      { ...plain, createdAt: { op, value } },
      { ...plain, updatedAt: { op, value } },
    ]),
    { ...plain, createdAt: { op: 'gte', value }, updatedAt: { op: 'lt', value } },
  ];
  for (const filter of filters) {
    vacancyListStatements(filter);
    vacancyListStatements({ ...filter, integration: { partner: 'workday' } });
    vacancyListStatements({ ...filter, integration: { partner: 'workday', id: 'one' } });
    for (const everything of [true, false]) {
      listStatements(everything, filter);
      oneStatement(everything, { ...filter, email: 'a@b.example' });
      listStatements(everything, { ...filter, before: value });
      walkStatements(everything, filter);
    }
  }
}

const SOURCES = path.join(import.meta.dirname, '../src');
const DECLARATION = /\bstatement\(\{\s*name:\s*(?:'([^']+)'|`([^`]+)`)/g;

/** The files that declare statements, with the names they give: `${…}` stands for anything. */
async function declaringFiles(): Promise<{ file: string; names: RegExp[] }[]> {
  const found = [];
  for await (const file of glob('**/*.ts', { cwd: SOURCES })) {
    if (file.endsWith('.test.ts')) continue;
    const source = await readFile(path.join(SOURCES, file), 'utf8');
    const names = [...source.matchAll(DECLARATION)].map(([, plain, template]) =>
      namePattern(plain ?? template!),
    );
    if (names.length > 0) found.push({ file, names });
  }
  return found;
}

function namePattern(name: string): RegExp {
  const parts = name.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}

const nameOf = (statement: Statement) => statement.name.replace(/\.[0-9a-f]{10}$/, '');

let client: pg.Client;
const statements: Statement[] = [];
const oids = new Map<number, string>();
const attributes = new Map<string, { column: string; notNull: boolean }>();
const descriptions = new Map<string, Promise<Described>>();
/** As PostgreSQL describes it, which is asked once. */
const described = (statement: Statement): Promise<Described> => {
  const { text } = statement;
  const known =
    descriptions.get(text) ??
    describeStatement(client, text).catch((error: Error) => {
      throw new Error(`${nameOf(statement)}: ${error.message}`);
    });
  descriptions.set(text, known);
  return known;
};

beforeAll(async () => {
  await import('../src/app.ts');
  for (const { file } of await declaringFiles()) {
    await import(pathToFileURL(path.join(SOURCES, file)).href);
  }
  composeSamples();
  // Tests declare some too, and share the process.
  const ours = (await declaringFiles()).flatMap(({ names }) => names);
  const declared = [...declaredStatements.values()].filter((one) =>
    ours.some((name) => name.test(nameOf(one))),
  );
  statements.push(...declared, ...eventSearchSamples());

  client = new pg.Client({ ...inject('postgres'), user: 'headwater', database: CATALOG });
  await client.connect();
  const types =
    await client.query(`select oid::int4 as oid, format_type(oid, null) as name, typname from pg_type
    where typnamespace = 'pg_catalog'::regnamespace`);
  for (const { oid, typname } of types.rows) oids.set(oid, typname.replace(/^_(.*)/, '$1[]'));
  const columns = await client.query(`
    select a.attrelid::int8::text || '.' || a.attnum as key, c.relname || '.' || a.attname as column, a.attnotnull
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and a.attnum > 0`);
  for (const row of columns.rows) attributes.set(row.key, { column: row.column, notNull: row.attnotnull });
});
afterAll(() => client.end());

describe('the statements', () => {
  it('are all here: every declaration in the sources has made one', async () => {
    const made = statements.map(nameOf);
    const missing = (await declaringFiles()).flatMap(({ file, names }) =>
      names.filter((name) => !made.some((one) => name.test(one))).map((name) => `${file}: ${name.source}`),
    );
    expect(missing, 'compose a sample of these in composeSamples()').toEqual([]);
    expect(made.length).toBeGreaterThan(60);
    expect(eventSearchSamples().length).toBeGreaterThan(200);
  });

  it('have a name of their own each', () => {
    const texts = new Map<string, string>();
    const twice = statements.filter((statement) => {
      const before = texts.get(nameOf(statement));
      texts.set(nameOf(statement), statement.text);
      return before !== undefined && before !== statement.text;
    });
    expect(twice.map(nameOf)).toEqual([]);
    // PostgreSQL cuts a longer name, and then two statements share one.
    expect(statements.filter(({ name }) => name.length > 63).map(({ name }) => name)).toEqual([]);
  });

  it('take the parameters that they declare', async () => {
    const wrong: string[] = [];
    for (const statement of statements) {
      const { parameters } = await described(statement);
      const taken = parameters.map((oid) => oids.get(oid) ?? String(oid));
      const declared = statement.parameters.map((type) => type.replace('?', ''));
      const fits = taken.length === declared.length && taken.every((type, i) => passes(declared[i]!, type));
      if (!fits) wrong.push(`${nameOf(statement)}: declares ${declared}; PostgreSQL takes ${taken}`);
    }
    expect(wrong).toEqual([]);
  });

  it('answer the columns that they declare', async () => {
    const wrong: string[] = [];
    for (const statement of statements) {
      // What is not declared is not read.
      if (Object.keys(statement.row).length === 0) continue;
      const { columns } = await described(statement);
      const answered = columns.map(({ name, type }) => `${name} ${oids.get(type) ?? type}`);
      const declared = Object.entries(statement.row).map(
        ([name, type]) => `${name} ${type.replace('?', '')}`,
      );
      if (answered.toSorted().join() !== declared.toSorted().join()) {
        wrong.push(`${nameOf(statement)}: declares ${declared}; PostgreSQL answers ${answered}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('mark what can be null, as far as PostgreSQL tells', async () => {
    const wrong: string[] = [];
    for (const statement of statements) {
      const { columns } = await described(statement);
      for (const { name, table, attribute } of columns) {
        const source = attributes.get(`${table}.${attribute}`);
        const marked = statement.row[name]?.endsWith('?');
        if (!source || marked === undefined) continue;
        const can = !source.notNull && !NEVER_NULL[source.column];
        const outer = /\b(?:left|right|full)\s+(?:outer\s+)?join\b/.test(statement.text);
        if (can && !marked) wrong.push(`${nameOf(statement)}: ${name} can be null`);
        if (marked && source.notNull && !outer) wrong.push(`${nameOf(statement)}: ${name} is never null`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("are the server's only where a reason is written here", () => {
    const declared = statements.filter(({ scope }) => scope === 'server').map(nameOf);
    expect(declared.toSorted()).toEqual(Object.keys(SERVER_STATEMENTS).toSorted());
  });

  it("touch the server's own tables by statements of the server alone, or through a tenant's row", () => {
    const server = new RegExp(`\\b(?:from|into|update|table)\\s+(?:${[...serverTables].join('|')})\\b`);
    const wrong = statements.filter(({ scope, text }) => scope === 'company' && server.test(text));
    expect(wrong.map(nameOf)).toEqual([]);
  });
});

it('no statement leaves anything on a connection that a pooler lent: no lock of the session, no setting', () => {
  const leaving =
    /\bpg_(?:try_)?advisory_(?:un)?lock|\bset_config\b|^(?:set|listen|prepare|declare)\b|\btemp(?:orary)?\b/i;
  expect(statements.filter(({ text }) => leaving.test(text)).map(nameOf)).toEqual([]);
});

describe('where the tables are spread over servers by company, the statements', () => {
  let spread: Awaited<ReturnType<typeof spreadStatements>>;
  beforeAll(async () => {
    spread = await spreadStatements(client, statements);
  });
  const isOf = (kind: string) => (table: string) => spread.kinds.get(table) === kind;

  it('are all looked at, but for those that are no queries', () => {
    const looked = new Set(spread.spread.map(({ statement }) => statement));
    const left = statements.filter((one) => !looked.has(one)).map(nameOf);
    expect(left.toSorted()).toEqual([
      'company.lock-all',
      'customer-import.plan-anew',
      'transaction.begin',
      'transaction.commit',
    ]);
  });

  it('keep to one server: all their tables have the company that one parameter names', () => {
    const wrong = spread.spread.filter(
      ({ statement, stray }) => statement.scope === 'company' && stray.length > 0,
    );
    expect(wrong.map(({ statement, stray }) => [nameOf(statement), ...stray])).toEqual([]);
  });

  it('ask all servers only where docs/operations.md says so, and then change nothing', async () => {
    const ofServer = spread.spread.filter(({ statement }) => statement.scope === 'server');
    expect(ofServer.filter(({ writes }) => writes.some(isOf('distributed')))).toEqual([]);
    const asking = ofServer
      .filter(({ reads }) => reads.some(isOf('distributed')))
      .map(({ statement, reads }) => [nameOf(statement), ...reads.filter(isOf('distributed')).toSorted()]);
    const told = (await documented('asks all servers')).map(([name, reads]) => [
      ...name!,
      ...reads!.toSorted(),
    ]);
    expect(asking.toSorted()).toEqual(told.toSorted());
  });

  it('call functions of ours by themselves, on the coordinator', () => {
    const wrong = spread.spread.filter(
      ({ statement, calls, reads, writes }) =>
        !statement.direct && calls.length > 0 && reads.length + writes.length > 0,
    );
    expect(wrong.map(({ statement }) => nameOf(statement))).toEqual([]);
  });

  it('ask the tables that stay on the coordinator apart from all others', () => {
    const wrong = spread.spread.filter(({ reads, writes }) => {
      const local = [...reads, ...writes].map(isOf('local'));
      return local.includes(true) && local.includes(false);
    });
    expect(wrong.map(({ statement }) => nameOf(statement))).toEqual([]);
  });

  it('are such as Citus takes', () => {
    // What is direct is never sent there.
    const refused = spread.spread.filter((one) => !one.statement.direct && one.refused.length > 0);
    expect(refused.map(({ statement, refused }) => [nameOf(statement), ...refused])).toEqual([]);
  });
});

/** Whether a value of the declared type can stand for a parameter of the type that PostgreSQL inferred. */
function passes(declared: string, inferred: string): boolean {
  const wider = ['int2', 'int4', 'int8', 'float8'];
  if (!wider.includes(declared)) return declared === inferred;
  return wider.indexOf(declared) <= wider.indexOf(inferred);
}
