import type pg from 'pg';
import { holdMigrations, migrateWithin } from '../platform/db/migrate.ts';
import type { Files } from '../platform/files/files.ts';
import { readArchive } from './archive-reader.ts';
import { sequencesOf, spelt, tablesOf } from './catalog.ts';
import type { Archive } from './check-archive.ts';
import { sha256Of } from './copy-digest.ts';
import { copyIn } from './copy-in.ts';
import { damaged } from './damaged.ts';
import type { End } from './format.ts';
import { matchingTables } from './matching-tables.ts';
import { prepareTables } from './prepare-tables.ts';
import { putFile } from './put-file.ts';
import { isKept, putSecret } from './put-secret.ts';
import { requireEmpty } from './require-empty.ts';
import { setTextForm } from './text-form.ts';
import { verifyTables } from './verify-tables.ts';

export interface Target {
  client: pg.Client;
  files: Files;
  /** Where the secret is kept; undefined where the settings hold one. */
  secretFile: string | undefined;
}

export interface Restored {
  companies: number;
  /** Without the deleted ones, of which the row alone is left. */
  contacts: number;
  tables: number;
  rows: number;
  files: number;
  /** Tables of the archive that are none of Headwater's. */
  leftOut: string[];
}

/**
 * Puts everything of an archive that was checked into an empty database and its places: all of it, found to be what the
 * archive says, or nothing.
 */
export async function restore(
  file: string,
  archive: Archive,
  target: Target,
  signal?: AbortSignal,
): Promise<Restored> {
  const undo: (() => Promise<void>)[] = [];
  const { client } = target;
  await client.query('begin');
  const restored = await load(file, archive, target, undo, signal).catch(async (error) => {
    await client.query('rollback').catch(() => {});
    for (const takeAway of undo) await takeAway();
    throw error;
  });
  // Where the answer to this is lost, the rows may be there: their files and the secret stay.
  await client.query('commit');
  return restored;
}

async function load(
  file: string,
  { end }: Archive,
  { client, files, secretFile }: Target,
  undo: (() => Promise<void>)[],
  signal: AbortSignal | undefined,
): Promise<Restored> {
  await setTextForm(client);
  await holdMigrations(client);
  await requireEmpty(client, end);
  const wanted = end.migrations.map(({ name }) => name);
  await migrateWithin(client, wanted);
  const { tables, leftOut } = matchingTables(end.tables, await tablesOf(client));
  const secretIsKept = !secretFile || !end.secret || (await isKept(secretFile, end.secret));

  const { finish } = await prepareTables(client, tables);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const named = new Map(end.files.filter((one) => one.named).map((one) => [one.key, one]));
  for await (const item of readArchive(file, signal)) {
    if (item.kind === 'table') {
      const table = byName.get(item.table);
      if (table) await copyIn(client, table, item.chunks);
      else for await (const _ of item.chunks);
    } else if (item.kind === 'file' && named.has(item.key)) {
      const takeAway = await putFile(files, named.get(item.key)!, item.bytes);
      if (takeAway) undo.push(takeAway);
    } else if (item.kind === 'secret' && !secretIsKept) {
      if (sha256Of(item.bytes) !== end.secret) throw damaged('the secret is not what was written');
      undo.push(await putSecret(secretFile!, item.bytes));
    }
  }
  await finish();
  await verifyTables(client, tables);
  await setSequences(client, end);
  return {
    ...(await countPeople(client)),
    tables: tables.length,
    rows: tables.reduce((sum, { digest }) => sum + digest.rows, 0),
    files: named.size,
    leftOut,
  };
}

async function setSequences(client: pg.ClientBase, { sequences }: End): Promise<void> {
  const present = new Set(await sequencesOf(client));
  for (const { name, value, called } of sequences.filter((one) => present.has(one.name))) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [spelt(name), value, called]);
  }
}

async function countPeople(client: pg.ClientBase): Promise<{ companies: number; contacts: number }> {
  const { rows } = await client.query<{ companies: number; contacts: number }>(`
    select (select count(*)::int from public.company) as companies,
      (select count(*)::int from public.contact where deleted_at is null) as contacts`);
  return rows[0]!;
}
