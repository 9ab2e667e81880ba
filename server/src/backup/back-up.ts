import type pg from 'pg';
import type { Files } from '../platform/files/files.ts';
import { VERSION } from '../version.ts';
import { beginSnapshotWithFiles } from './archive-files.ts';
import { archiveTable } from './archive-table.ts';
import type { ArchiveWriter } from './archive-writer.ts';
import { sequencesOf, spelt } from './catalog.ts';
import { sha256Of } from './copy-digest.ts';
import { type End, FORMAT, type Head } from './format.ts';

export interface Source {
  client: pg.Client;
  /** Undefined where the files are in S3: they stay there. */
  files: Pick<Files, 'read'> | undefined;
  /** The file with the generated secret; undefined where the settings hold it, or none was made yet. */
  secret: Buffer | undefined;
}

/** Adds everything to the archive: the rows of one moment, and every file that they name. Others read and write on. */
export async function backUp({ client, files, secret }: Source, archive: ArchiveWriter): Promise<End> {
  const { rows } = await client.query<{ postgres: string }>(
    "select current_setting('server_version') as postgres",
  );
  const head: Head = {
    format: FORMAT,
    headwater: VERSION,
    postgres: rows[0]!.postgres,
    madeAt: new Date().toISOString(),
  };
  await archive.add({ kind: 'head' }, [json(head)]);
  const { tables, ...filed } = await beginSnapshotWithFiles(client, files, archive);
  if (secret) await archive.add({ kind: 'secret' }, [secret]);
  const end: End = {
    migrations: await migrationsOf(client),
    sequences: await sequences(client),
    tables: [],
    ...filed,
    secret: secret ? sha256Of(secret) : null,
  };
  for (const table of tables) end.tables.push(await archiveTable(client, table, archive));
  await client.query('commit');
  await archive.add({ kind: 'end' }, [json(end)]);
  return end;
}

async function migrationsOf(client: pg.ClientBase): Promise<End['migrations']> {
  return (await client.query('select name, digest from public.migration order by name')).rows;
}

/** A sequence stands where it stands now, not at the snapshot's moment: no number is given twice by that. */
async function sequences(client: pg.ClientBase): Promise<End['sequences']> {
  const all: End['sequences'] = [];
  for (const name of await sequencesOf(client)) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${spelt(name)}`,
    );
    all.push({ name, ...rows[0]! });
  }
  return all;
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
}
