import { type Floor, startFloor } from '../floor/floor.ts';
import type { House } from './house.ts';
import { type Measured, measured, type Round } from './measured.ts';
import { type Ran, run } from './run.ts';
import { tableOf } from './table.ts';
import { cpuOfDatabase, type Usage, usageOfServer } from './usage.ts';
import { withWorkloads } from './with-workloads.ts';
import type { Workload } from './workloads.ts';

/** How long and how often each side of each workload runs. */
export interface Length {
  seconds: number;
  rounds: number;
}

const WARMING = 2;
/** Milliseconds between looks at the memory. */
const LOOK = 250;

/** The server against the bare floor, workload by workload, in turns; answers the lines of a table. */
export async function benchLoad(
  house: House,
  {
    rows,
    only,
    length,
    say,
  }: { rows: number; only?: string | undefined; length: Length; say: (line: string) => void },
): Promise<string[]> {
  return withWorkloads(house, { rows, say }, async (all) => {
    const wanted = picked(all, only);
    const floor = await startFloor(
      house.connection,
      wanted.map(({ route }) => route),
    );
    try {
      const found: [Workload, Measured, Measured][] = [];
      for (const workload of wanted) {
        say(`${workload.name}…`);
        const [floors, servers] = await inTurns(workload, house, floor, length);
        found.push([workload, measured(floors), measured(servers)]);
      }
      return tableOf(found);
    } finally {
      await floor.stop();
    }
  });
}

/** Those with one of the words of `only`, which commas part, in their names; all without it. */
function picked(all: Workload[], only: string | undefined): Workload[] {
  if (only === undefined) return all;
  const words = only.split(',').map((word) => word.trim());
  const wanted = all.filter(({ name }) => words.some((word) => name.includes(word)));
  if (wanted.length > 0) return wanted;
  throw new Error(`--only ${only} names none of: ${all.map(({ name }) => name).join('; ')}`);
}

async function inTurns(
  workload: Workload,
  house: House,
  floor: Floor,
  length: Length,
): Promise<[Round[], Round[]]> {
  const sides = [
    { load: { ...workload.floor, url: floor.url }, usage: floor.usage, rounds: [] as Round[] },
    {
      load: { ...workload.server, url: house.url },
      usage: () => usageOfServer(house.url),
      rounds: [] as Round[],
    },
  ] as const;
  for (const { load } of sides) await run(load, { ...workload, seconds: WARMING });
  for (let round = 0; round < length.rounds; round++) {
    for (const { load, usage, rounds } of sides) {
      rounds.push(await observed(house, usage, () => run(load, { ...workload, seconds: length.seconds })));
    }
  }
  const [first, second] = sides;
  return [first.rounds, second.rounds];
}

async function observed(house: House, usage: () => Promise<Usage>, act: () => Promise<Ran>): Promise<Round> {
  const before = await usage();
  const database = cpuOfDatabase(house.postmaster);
  let highest = before.rss;
  const look = setInterval(() => {
    void usage().then(
      ({ rss }) => {
        highest = Math.max(highest, rss);
      },
      () => {},
    );
  }, LOOK);
  const ran = await act().finally(() => clearInterval(look));
  const after = await usage();
  const { 429: refused = 0, ...failed } = ran.failed;
  if (Object.keys(failed).length > 0) throw new Error(`requests failed: ${JSON.stringify(failed)}`);
  return {
    ...ran,
    refused,
    cpu: after.cpu - before.cpu,
    databaseCpu: cpuOfDatabase(house.postmaster) - database,
    rss: Math.max(highest, after.rss),
  };
}
