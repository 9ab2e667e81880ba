import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';
import { TEMPLATE } from '../../test/global-setup.ts';
import { readConfig } from '../config.ts';
import { distributeCommand } from './distribute.ts';

const MIGRATED = `to_distribute_${process.pid}`;
const EMPTY = `not_migrated_${process.pid}`;
let operator: pg.Client;
beforeAll(async () => {
  operator = new pg.Client({ ...inject('postgres'), user: 'postgres', database: 'postgres' });
  await operator.connect();
  await operator.query(`create database ${MIGRATED} template ${TEMPLATE} owner headwater`);
  await operator.query(`create database ${EMPTY} owner headwater`);
});
afterAll(async () => {
  for (const name of [MIGRATED, EMPTY]) await operator.query(`drop database ${name}`);
  await operator.end();
});

let printed = '';
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function distribute(database: string | undefined, words: string[] = [], json = false): Promise<number> {
  const { host, port } = inject('postgres');
  const url = `postgres://headwater@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const config = readConfig(database ? { DATABASE_URL: url } : {});
  return distributeCommand.run({ config, words, json });
}

it('refuses the embedded database, which has no Citus', async () => {
  await expect(distribute(undefined)).rejects.toThrow(
    'The embedded PostgreSQL is one server and has no Citus',
  );
});

it('refuses a PostgreSQL without Citus, and changes nothing', async () => {
  await expect(distribute(MIGRATED)).rejects.toThrow('PostgreSQL has no Citus here');
  expect(await distribute(MIGRATED, [], true)).toBe(1);
  const told = JSON.parse(printed);
  expect(told).toMatchObject({ outcome: 'refused', reference: ['account_email', 'company'] });
  // What the first run would have changed is still to be done.
  expect(told.steps.map(({ what }: { what: string }) => what)).toContain(
    'let event_owner of event set nothing',
  );
});

it('refuses a database that is not migrated', async () => {
  await expect(distribute(EMPTY)).rejects.toThrow('The database is not migrated. Start the server once');
});

it('shows with --dry-run what it would do, even where it is refused', async () => {
  await expect(distribute(MIGRATED, ['--dry-run'])).rejects.toThrow('PostgreSQL has no Citus here');
  expect(printed).toContain("-- put company on every server\nselect create_reference_table('company');\n");
  expect(printed).toContain(
    "-- spread contact by company\nselect create_distributed_table('contact', 'company_id', colocate_with => 'account');\n",
  );
});

it('knows no other options', async () => {
  await expect(distribute(MIGRATED, ['--force'])).rejects.toThrow(/--force.*it takes --dry-run --json/s);
});
