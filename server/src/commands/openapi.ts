import { writeFile } from 'node:fs/promises';
import { createApp } from '../app.ts';
import { openDatabase } from '../platform/db/database.ts';
import { openFiles } from '../platform/files/files.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { VERSION } from '../version.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';

/** Describes the API from the routes alone: needs no database. */
export const openapiCommand: Command = {
  summary: 'prints the OpenAPI description: [--write <file>]',
  async run({ config, words }) {
    const { write } = readOptions(words, { required: [], optional: ['write'] });
    const log = createLogger('silent');
    const database = openDatabase({ connectionString: 'postgres://127.0.0.1:1/none' }, log);
    const app = await createApp({
      config,
      secret: 'x'.repeat(32),
      database,
      files: openFiles(config),
      log,
      version: VERSION,
    });
    await app.ready();
    const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
    if (write) await writeFile(write, text);
    else process.stdout.write(text);
    await app.close();
    return 0;
  },
};
