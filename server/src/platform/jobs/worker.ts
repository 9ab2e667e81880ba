import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { DatabaseAway } from '../db/errors.ts';
import type { Sql } from '../db/statement.ts';
import { loggable } from '../http/errors.ts';
import {
  claimJobs,
  type DueWork,
  extendLease,
  findDueWork,
  type Job,
  LEASE,
  pruneDone,
} from './job-store.ts';
import { type Handler, runJob } from './run-job.ts';

export type Handlers = Readonly<Record<string, Handler>>;

export interface Worker {
  /** Looks for work now instead of at the next second. */
  wake(): void;
  /** Takes no more work; resolves when what runs has ended, or after ten seconds. */
  stop(): Promise<void>;
}

export interface Timing {
  /** Milliseconds between looks at the outbox. */
  poll: number;
  /** Seconds a claimed row is out of others' reach; extended while its handler runs. */
  lease: number;
  /** Seconds before the second, third, … attempt. */
  retries: readonly number[];
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const TIMING: Timing = {
  poll: 1_000,
  lease: LEASE,
  // Almost five days: RFC 5321 §4.5.4.1 asks a mail's sender for four or five.
  retries: [
    10,
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
  ],
};
/** Of one topic, on one process: a topic that is slow holds up no other. */
const AT_A_TIME = 5;
const LONGEST_STOP = 10_000;
const PRUNE_EVERY = HOUR * 1000;
const DAYS_KEPT = 30;

/**
 * Drains the outbox, on as many processes as there are: a row is claimed for a while by one, no transaction stays open
 * while its handler runs, and a row whose process died is taken by another when the claim has run out. So nothing is
 * lost, and nothing is done twice but for one case: the handler finished, and its process ended (or the database stayed
 * away longer than the claim) before that was written down. A handler must bear that.
 */
export function startWorker(options: {
  database: Database;
  log: Logger;
  handlers: Handlers;
  /** What else is to be forgotten, every hour. */
  prune?: ((sql: Sql) => Promise<void>) | undefined;
  timing?: Partial<Timing> | undefined;
}): Worker {
  const { log, handlers } = options;
  const sql = options.database.read;
  const timing = { ...TIMING, ...options.timing };
  const running = new Map<string, { topic: string; job: Job; ended: Promise<void> }>();
  let toVisit: DueWork[] = [];
  let bell = Promise.withResolvers<void>();
  let lookAt = 0;
  let stopping = false;
  let givenUp = false;
  let pruneAt = 0;

  const wake = () => {
    lookAt = 0;
    bell.resolve();
  };
  const complain = (error: unknown) => {
    if (!(error instanceof DatabaseAway)) log.error({ error: loggable(error) }, 'the outbox was not read');
  };
  const renewal = setInterval(
    () => {
      for (const { job } of running.values()) extendLease(sql, job, timing.lease).catch(complain);
    },
    (timing.lease * 1000) / 3,
  );

  const free = (topic: string) =>
    AT_A_TIME - running.values().reduce((count, one) => count + (one.topic === topic ? 1 : 0), 0);

  /** Shares the free places among the companies that wait; who was served goes to the end. */
  async function claimShares(): Promise<void> {
    const visits = toVisit;
    toVisit = [];
    const served: DueWork[] = [];
    for (const work of visits) {
      const companies = visits.filter(({ topic }) => topic === work.topic).length;
      const share = Math.min(free(work.topic), Math.ceil(AT_A_TIME / companies));
      if (share === 0) {
        toVisit.push(work);
        continue;
      }
      if (stopping) return;
      const jobs = await claimJobs(sql, work, share, timing.lease);
      for (const job of jobs) start(work.topic, job);
      if (jobs.length === share) served.push(work);
    }
    toVisit.push(...served);
  }

  function start(topic: string, job: Job): void {
    const held = running.get(job.id);
    if (held) {
      // Its claim ran out while the database was away; it is claimed again by the one who still has it.
      held.job.attempts = job.attempts;
      return;
    }
    const ended = runJob(topic, job, handlers[topic]!, {
      sql,
      log,
      retries: timing.retries,
      poll: timing.poll,
      givenUp: () => givenUp,
    }).then(() => {
      running.delete(job.id);
      bell.resolve();
    });
    running.set(job.id, { topic, job, ended });
  }

  async function work(): Promise<void> {
    while (!stopping) {
      bell = Promise.withResolvers<void>();
      try {
        if (Date.now() >= lookAt) {
          lookAt = Date.now() + timing.poll;
          toVisit = await findDueWork(sql, Object.keys(handlers));
        }
        await claimShares();
        if (Date.now() >= pruneAt) {
          pruneAt = Date.now() + PRUNE_EVERY;
          await pruneDone(sql, DAYS_KEPT);
          await options.prune?.(sql);
        }
      } catch (error) {
        complain(error);
      }
      const timer = setTimeout(bell.resolve, timing.poll);
      await bell.promise;
      clearTimeout(timer);
    }
  }

  const worked = work();
  return {
    wake,
    async stop() {
      stopping = true;
      bell.resolve();
      const ended = worked.then(() => Promise.all(running.values().map((one) => one.ended)));
      await Promise.race([ended, sleep(LONGEST_STOP, undefined, { ref: false })]);
      givenUp = true;
      clearInterval(renewal);
    },
  };
}
