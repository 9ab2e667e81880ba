import { parseArgs } from 'node:util';
import { wholeNumber } from '../server/src/commands/options.ts';
import { benchEvents } from './events/bench.ts';
import { temporaryDatabase } from './temporary-database.ts';

const FEWEST = 1_000;
const MOST = 5_000_000;

const BENCHES = { events: benchEvents };
const INTERRUPTED = 130;
const USAGE = `npm run bench [-- ${Object.keys(BENCHES).join('|')}] [--rows 100000]`;

try {
  const { names, rows } = readWords();
  const opening = temporaryDatabase();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.exitCode = INTERRUPTED;
      void opening.then(({ remove }) => remove());
    });
  }
  const database = await opening;
  try {
    for (const name of names) {
      const lines = await BENCHES[name](database, { rows, say: (line) => process.stderr.write(`${line}\n`) });
      process.stdout.write(`${lines.join('\n')}\n`);
    }
  } finally {
    await database.remove();
  }
} catch (error) {
  // What was interrupted fails, too.
  if (process.exitCode !== INTERRUPTED) process.stderr.write(`${(error as Error).message}\n`);
  process.exit(process.exitCode ?? 1);
}

function readWords() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string' } },
  });
  const rows = wholeNumber('rows', values.rows ?? '100000', MOST);
  if (rows < FEWEST) throw new Error(`--rows takes at least ${FEWEST}`);
  const known = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
  const names = known.filter((name) => positionals.length === 0 || positionals.includes(name));
  if (names.length < positionals.length) throw new Error(USAGE);
  return { names, rows };
}
