import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { readTables } from '../distribution/catalog.ts';
import { citusTables, readState, refusalOf } from '../distribution/citus.ts';
import { distribute } from '../distribution/distribute.ts';
import { type Plan, planDistribution } from '../distribution/plan.ts';
import { openUnmigrated } from '../installation.ts';
import { migrationState } from '../platform/db/migrate.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { Problem } from '../platform/problem.ts';
import type { Command } from './command.ts';

/** Turns the tables into distributed ones of Citus, by company: all of them, or none where something stands against it. */
export const distributeCommand: Command = {
  summary: 'spreads the tables over a Citus cluster by company: [--dry-run]',
  async run({ config, words, json }) {
    const dryRun = isDryRun(words);
    if (!config.databaseUrl) {
      throw new Error(
        'The embedded PostgreSQL is one server and has no Citus. Move its data to a PostgreSQL of your own that has (docs/operations.md, "Citus"), and set DATABASE_URL.',
      );
    }
    const { refusal, plan } = await attempt(config, dryRun);
    const tables = (kind: string) => [...plan.kinds].flatMap(([name, of]) => (of === kind ? [name] : []));
    const outcome = refusal
      ? 'refused'
      : plan.steps.length === 0
        ? 'nothing to do'
        : dryRun
          ? 'planned'
          : 'done';
    if (json) {
      const kinds = {
        distributed: tables('distributed'),
        reference: tables('reference'),
        local: tables('local'),
      };
      process.stdout.write(`${JSON.stringify({ outcome, refusal, ...kinds, steps: plan.steps })}\n`);
      return refusal ? 1 : 0;
    }
    if (dryRun) process.stdout.write(spelt(plan));
    if (refusal) throw new Error(refusal);
    process.stdout.write(`${sentence(outcome, tables)}\n`);
    return 0;
  },
};

function isDryRun(words: string[]): boolean {
  try {
    return parseArgs({ args: words, options: { 'dry-run': { type: 'boolean' } } }).values['dry-run'] ?? false;
  } catch (error) {
    throw new Problem(400, `${(error as Error).message}; it takes --dry-run --json`);
  }
}

async function attempt(
  config: Config,
  dryRun: boolean,
): Promise<{ refusal: string | undefined; plan: Plan }> {
  const log = createLogger('warn', process.stderr);
  const { database, close } = await openUnmigrated(config, log, { beside: false });
  try {
    const client = await database.connect();
    try {
      const plan = planDistribution(await readTables(client), await citusTables(client));
      const { pending } = await migrationState(client);
      const refusal =
        (pending.length > 0
          ? 'The database is not migrated. Start the server once, then stop it.'
          : undefined) ??
        plan.refusals[0] ??
        (plan.steps.length > 0 ? refusalOf(await readState(client)) : undefined);
      if (!refusal && !dryRun) await distribute(client, plan);
      return { refusal, plan };
    } finally {
      await client.end();
    }
  } finally {
    await close();
  }
}

/** As it can be run by hand: each step under what it is for. */
function spelt({ steps }: Plan): string {
  return steps.map(({ what, sql }) => `-- ${what}\n${sql};\n`).join('');
}

function sentence(outcome: string, tables: (kind: string) => string[]): string {
  const spread = `${tables('distributed').length} tables by company, ${tables('reference').join(' and ')} on every server`;
  if (outcome === 'nothing to do') return `The tables are distributed already: ${spread}.`;
  if (outcome === 'planned') return `Nothing was done; this would spread ${spread}.`;
  return (
    `Done: ${spread}. The coordinator still holds copies of the rows that were there before. Once you have seen that all ` +
    'is well, remove each table’s with: select truncate_local_data_after_distributing_table(…);'
  );
}
