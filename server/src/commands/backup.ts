import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeArchive } from '../backup/archive-writer.ts';
import { backUp } from '../backup/back-up.ts';
import type { End } from '../backup/format.ts';
import { withConnection } from '../backup/own-connection.ts';
import type { Config } from '../config.ts';
import { openUnmigrated, secretFile } from '../installation.ts';
import type { Database } from '../platform/db/database.ts';
import { clusterFolder } from '../platform/embedded-postgres/cluster-folder.ts';
import { isDataFolderHeld } from '../platform/embedded-postgres/data-folder-lock.ts';
import { openFiles } from '../platform/files/files.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { Command } from './command.ts';
import { readFileArgument } from './file-argument.ts';
import { counted, secondsSince, spellSize } from './spelling.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** Runs beside a server as well as without one. */
export const backup: Command = {
  summary: 'writes everything there is to a file, while the server runs: <file>',
  async run({ config, words, json }) {
    const { file } = readFileArgument(words);
    return untilInterrupted(async (signal) => {
      const began = performance.now();
      const { result: end, bytes } = await writeArchive(
        file,
        (archive) =>
          withDatabase(config, async (database) =>
            withConnection(database, signal, async (client) =>
              backUp(
                {
                  client,
                  files: config.filesUrl ? undefined : openFiles(config),
                  secret: config.secret ? undefined : await keptSecret(config),
                },
                archive,
              ),
            ),
          ),
        signal,
      );
      const made = { file, bytes, ...summaryOf(end), seconds: secondsSince(began) };
      const notes = notesOn(end, config);
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...made, notes })}\n`
          : [sentence(made), ...notes].map((line) => `${line}\n`).join(''),
      );
    });
  },
};

async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl } = config;
  if (!databaseUrl && !existsSync(clusterFolder(dataDir)) && !isDataFolderHeld(dataDir)) {
    throw new Error(
      `There is no database in ${dataDir}: there is nothing to back up. Set HEADWATER_DATA_DIR to the server's, or DATABASE_URL.`,
    );
  }
  const { database, close } = await openUnmigrated(config, createLogger('warn', process.stderr), {
    beside: true,
  });
  return work(database).finally(close);
}

async function keptSecret({ dataDir }: Config): Promise<Buffer | undefined> {
  return readFile(secretFile(dataDir)).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

function summaryOf({ tables, files }: End) {
  return {
    tables: tables.length,
    rows: tables.reduce((sum, { digest }) => sum + digest.rows, 0),
    files: files.filter(({ named }) => named).length,
  };
}

function sentence(made: { file: string; bytes: number; seconds: number } & ReturnType<typeof summaryOf>) {
  const { file, bytes, tables, rows, files, seconds } = made;
  const what = `${counted(tables, 'table')}, ${counted(rows, 'row')} and ${counted(files, 'file')}`;
  return `Wrote ${file}: ${spellSize(bytes)} with ${what}, in ${seconds} s.`;
}

/** What is not in the archive and has to be kept by other means, or is lost. */
function notesOn({ secret, elsewhere, missing }: End, config: Config): string[] {
  const notes: string[] = [];
  if (!secret) {
    notes.push(
      config.secret
        ? 'HEADWATER_SECRET is not in it: keep it too, or all tokens end with a restore.'
        : `No secret is in it: ${secretFile(config.dataDir)} is not there.`,
    );
  }
  if (elsewhere > 0) {
    notes.push(
      `Not in it: ${counted(elsewhere, 'photo')} in S3, where the restored server has to find them.`,
    );
  }
  if (missing > 0) {
    notes.push(`Not in it: ${counted(missing, 'photo')} that the database names and that were not found.`);
  }
  return notes;
}
