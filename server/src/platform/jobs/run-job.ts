import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DatabaseAway } from '../db/errors.ts';
import type { Sql } from '../db/statement.ts';
import { loggable } from '../http/errors.ts';
import { JobFailure, reasonOf } from './job-failure.ts';
import { buryJob, finishJob, type Job, postponeJob } from './job-store.ts';

/** Does the work of a topic. Runs outside any transaction; what it throws is tried again, unless it is final. */
export type Handler = (job: Readonly<Job>) => Promise<void>;

export interface RunOptions {
  sql: Sql;
  log: Logger;
  /** Seconds before each further attempt; when they are used up the row is dead. */
  retries: readonly number[];
  /** Milliseconds between attempts to write down how a job ended. */
  poll: number;
  /** Whether no one waits any more for how a job ended. */
  givenUp(): boolean;
}

/** Runs a claimed job and writes down how it ended; that waits for a database that is away. Never throws. */
export async function runJob(topic: string, job: Job, handler: Handler, options: RunOptions): Promise<void> {
  const write = await outcomeOf(topic, job, handler, options);
  while (!options.givenUp()) {
    try {
      return await write(options.sql);
    } catch (error) {
      if (!(error instanceof DatabaseAway)) options.log.error({ topic, job: job.id, error: loggable(error) });
      await sleep(options.poll);
    }
  }
}

async function outcomeOf(
  topic: string,
  job: Job,
  handler: Handler,
  { log, retries }: RunOptions,
): Promise<(sql: Sql) => Promise<void>> {
  // More attempts than there can be: each earlier one ended with its process, perhaps because of this row.
  if (job.attempts > retries.length + 1) return (sql) => buryJob(sql, job, 'interrupted too often');
  try {
    await handler(job);
    return (sql) => finishJob(sql, job);
  } catch (error) {
    const reason = reasonOf(error);
    const after = error instanceof JobFailure && error.final ? undefined : retries[job.attempts - 1];
    const about = { topic, job: job.id, attempts: job.attempts, reason };
    if (!(error instanceof JobFailure)) log.error({ ...about, error: loggable(error) }, 'a job failed');
    else if (after !== undefined)
      log.warn({ ...about, again: after }, 'a job failed and will be tried again');
    if (after !== undefined) return (sql) => postponeJob(sql, job, after, reason);
    log.error(about, 'a job was given up');
    return (sql) => buryJob(sql, job, reason);
  }
}
