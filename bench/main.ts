import { parseArgs } from 'node:util';
import { wholeNumber } from '../server/src/commands/options.ts';
import { benchEvents } from './events/bench.ts';
import { benchLoad } from './load/bench.ts';
import { benchCrowd } from './load/crowd.ts';
import { benchFlat } from './load/flat.ts';
import { openHouse } from './load/house.ts';
import { benchSteady } from './load/steady.ts';
import { temporaryDatabase } from './temporary-database.ts';

const FEWEST = 1_000;
const MOST = 5_000_000;
const INTERRUPTED = 130;

/** Whatever a bench measures in; it goes when the bench ends. */
interface Place {
  remove(): Promise<void>;
}
interface Bench<P extends Place> {
  open(words: Words): Promise<P>;
  run(place: P, words: Words): Promise<string[]>;
}
const bench = <P extends Place>(made: Bench<P>): Bench<never> => made as unknown as Bench<never>;

const BENCHES: Record<string, Bench<never>> = {
  load: bench({ open: openHouse, run: benchLoad }),
  flat: bench({ open: openHouse, run: benchFlat }),
  steady: bench({ open: openHouse, run: benchSteady }),
  crowd: bench({ open: openHouse, run: benchCrowd }),
  events: bench({ open: temporaryDatabase, run: benchEvents }),
};
const USAGE = `npm run bench [-- ${Object.keys(BENCHES).join('|')}] [--rows 100000] [--only workload] [--seconds 5] [--rounds 5] [--profile folder]`;
type Words = ReturnType<typeof readWords>['words'];

try {
  const { name, words } = readWords();
  const { open, run } = BENCHES[name]!;
  const opening: Promise<Place> = open(words as never);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.exitCode = INTERRUPTED;
      void opening.then((place) => place.remove()).finally(() => process.exit());
    });
  }
  const place = await opening;
  try {
    const lines = await run(place as never, words);
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await place.remove();
  }
} catch (error) {
  // What was interrupted fails, too.
  if (process.exitCode !== INTERRUPTED) process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(process.exitCode ?? 1);
}

function readWords() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string', default: '100000' },
      only: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '5' },
      profile: { type: 'string' },
    },
  });
  const [name = 'load', ...more] = positionals;
  if (more.length > 0 || !(name in BENCHES)) throw new Error(USAGE);
  const rows = wholeNumber('rows', values.rows, MOST);
  if (rows < FEWEST) throw new Error(`--rows takes at least ${FEWEST}`);
  const length = {
    seconds: wholeNumber('seconds', values.seconds, 600),
    rounds: wholeNumber('rounds', values.rounds, 100),
  };
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  return { name, words: { rows, only: values.only, profile: values.profile, length, say } };
}
