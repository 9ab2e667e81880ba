import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';
import { JobFailure } from './job-failure.ts';
import { enqueue } from './outbox.ts';
import { retryJob } from './retry-job.ts';
import { startWorker } from './worker.ts';

const TOPIC = 'test';
const log = pino({ level: 'silent' });

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());
beforeEach(() => server.sql('delete from outbox'));

const row = async () =>
  (await server.sql<{ id: string; status: string; attempts: number }>('select * from outbox'))[0]!;
const retry = async () => retryJob(server.database.read, company.id, TOPIC, (await row()).id);
const put = () =>
  server.database.transaction(async (sql) => enqueue({ sql, afterCommit: () => {} }, company.id, TOPIC, {}));
const eventually = (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 10_000, interval: 10 });

/** A worker whose attempts end as the test says, one after the other; the next attempt would be an hour later. */
function attempts() {
  const running: PromiseWithResolvers<void>[] = [];
  const worker = startWorker({
    database: server.database,
    log,
    handlers: {
      [TOPIC]: () => {
        const attempt = Promise.withResolvers<void>();
        running.push(attempt);
        return attempt.promise;
      },
    },
    timing: { poll: 20, retries: [3600, 3600, 3600] },
  });
  onTestFinished(async () => {
    for (const { resolve } of running) resolve();
    await worker.stop();
  });
  return {
    begun: (count: number) => eventually(() => expect(running).toHaveLength(count)),
    end: (final = false) => running.at(-1)!.reject(new JobFailure('not today', { final })),
    done: () => running.at(-1)!.resolve(),
  };
}

const postponed = () =>
  eventually(async () => expect(await row()).toMatchObject({ status: 'pending', last_error: 'not today' }));
const stands = (status: string) => eventually(async () => expect((await row()).status).toBe(status));

describe('retryJob', () => {
  it('leaves a row alone while a handler has it, at the first attempt and at a later one', async () => {
    await put();
    const worker = attempts();
    await worker.begun(1);
    expect(await retry()).toBe(false);
    worker.end();
    await postponed();
    expect(await retry()).toBe(true);
    await worker.begun(2);
    expect(await retry()).toBe(false);
    expect(await row()).toMatchObject({ status: 'pending', attempts: 2 });
    worker.done();
    await stands('done');
    expect(await retry()).toBe(false);
  });

  it('gives a dead row all its attempts again', async () => {
    await put();
    const worker = attempts();
    await worker.begun(1);
    worker.end(true);
    await stands('dead');
    expect(await retry()).toBe(true);
    await worker.begun(2);
    expect(await row()).toMatchObject({ status: 'pending', attempts: 1 });
    worker.done();
    await stands('done');
  });

  it('knows a row by its company, its topic and its id', async () => {
    await put();
    await server.sql(`update outbox set status = 'dead'`);
    const other = await server.company();
    const { id } = await row();
    const { read } = server.database;
    expect(await retryJob(read, other.id, TOPIC, id)).toBe(false);
    expect(await retryJob(read, company.id, 'another', id)).toBe(false);
    expect(await retryJob(read, company.id, TOPIC, company.admin.id)).toBe(false);
    expect((await row()).status).toBe('dead');
  });
});
