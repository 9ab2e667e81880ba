import { mkdir } from 'node:fs/promises';
import { type Archive, checkArchive } from '../backup/check-archive.ts';
import { withConnection } from '../backup/own-connection.ts';
import { requireKnown } from '../backup/require-known.ts';
import { requireOwnFolder } from '../backup/require-own-folder.ts';
import { type Restored, restore } from '../backup/restore.ts';
import type { Config } from '../config.ts';
import { openUnmigrated, secretFile } from '../installation.ts';
import type { Database } from '../platform/db/database.ts';
import { lockDataFolder } from '../platform/embedded-postgres/data-folder-lock.ts';
import { openFiles } from '../platform/files/files.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { Command } from './command.ts';
import { readFileArgument } from './file-argument.ts';
import { counted, secondsSince } from './spelling.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Needs a data folder that no server holds, and an empty database: nothing is ever overwritten. */
export const restoreCommand: Command = {
  summary: 'puts a backup into an empty data folder or database: <file> [--check, which only reads the file]',
  async run({ config, words, json }) {
    const { file, check } = readFileArgument(words, { flags: ['check'] });
    return untilInterrupted(async (signal) => {
      const began = performance.now();
      const archive = await checkArchive(file, signal);
      await requireKnown(archive);
      const restored = check ? undefined : await restoreInto(config, file, archive, signal);
      const notes = restored ? notesOn(archive, restored, config) : [];
      const about = { file, ...aboutArchive(archive), ...restored };
      const lines = [sentence(file, archive, restored, secondsSince(began)), ...notes];
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...about, checked: true, restored: !!restored, notes, seconds: secondsSince(began) })}\n`
          : lines.map((line) => `${line}\n`).join(''),
      );
    });
  },
};

async function restoreInto(
  config: Config,
  file: string,
  archive: Archive,
  signal: AbortSignal,
): Promise<Restored> {
  await requireOwnFolder(config.dataDir);
  return withDatabase(config, (database) =>
    withConnection(database, signal, (client) =>
      restore(
        file,
        archive,
        {
          client,
          files: openFiles(config),
          secretFile: config.secret ? undefined : secretFile(config.dataDir),
        },
        signal,
      ),
    ),
  );
}

/** Holds the data folder: with a database of one's own the secret and the files go there. */
async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = config.databaseUrl ? await lockDataFolder(config.dataDir, undefined) : undefined;
  try {
    const log = createLogger('warn', process.stderr);
    const { database, close } = await openUnmigrated(config, log, { beside: false });
    return await work(database).finally(close);
  } finally {
    await lock?.release();
  }
}

function aboutArchive({ head, end }: Archive) {
  return {
    headwater: head.headwater,
    madeAt: head.madeAt,
    tables: end.tables.length,
    rows: end.tables.reduce((sum, { digest }) => sum + digest.rows, 0),
    files: end.files.filter(({ named }) => named).length,
  };
}

function sentence(file: string, archive: Archive, restored: Restored | undefined, seconds: number): string {
  const { headwater, madeAt, tables, rows, files } = { ...aboutArchive(archive), ...restored };
  const what = `${counted(tables, 'table')} with ${counted(rows, 'row')}, ${counted(files, 'file')}`;
  const made = `made by Headwater ${headwater} on ${madeAt}`;
  return restored
    ? `Restored ${file}, ${made}: ${counted(restored.companies, 'company', 'companies')}, ` +
        `${counted(restored.contacts, 'contact')}; ${what}, all of it read again and compared. That took ${seconds} s. ` +
        'Start the server.'
    : `${file}, ${made}, is whole: ${what}, in ${seconds} s. Nothing was changed.`;
}

/** What the operator has to see to, or should know. */
function notesOn({ end }: Archive, { leftOut }: Restored, config: Config): string[] {
  const notes: string[] = [];
  if (end.secret === null && !config.secret) {
    notes.push('The archive has no secret: set HEADWATER_SECRET to the one from then, or all tokens end.');
  }
  if (end.secret !== null && config.secret) {
    notes.push('HEADWATER_SECRET is set, so the secret of the archive was not put.');
  }
  if (end.elsewhere > 0) {
    notes.push(
      `${counted(end.elsewhere, 'photo')} in S3: set HEADWATER_FILES_URL to the bucket, as where the backup was made.`,
    );
  }
  if (end.missing > 0) notes.push(`${counted(end.missing, 'photo')} missing since before the backup.`);
  if (leftOut.length > 0) {
    notes.push(`Left out, as no migration of Headwater makes them: ${leftOut.join(', ')}.`);
  }
  return notes;
}
