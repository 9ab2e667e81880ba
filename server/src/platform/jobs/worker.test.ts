import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { uuidv7 } from '../uuid.ts';
import { JobFailure } from './job-failure.ts';
import { enqueue } from './outbox.ts';
import { type Handlers, startWorker, type Timing, type Worker } from './worker.ts';

const TOPIC = 'test';
const FAST: Partial<Timing> = { poll: 20, retries: [0, 0, 0] };
const log = pino({ level: 'silent' });

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());
beforeEach(() => server.sql('delete from outbox'));

function worker(handlers: Handlers, timing: Partial<Timing> = FAST, database: Database = server.database) {
  const started = startWorker({ database, log, handlers, timing });
  onTestFinished(() => started.stop());
  return started;
}

async function put(count = 1, { companyId = company.id, topic = TOPIC } = {}): Promise<void> {
  await server.database.transaction(async (sql) => {
    for (let each = 0; each < count; each++) {
      enqueue({ sql, afterCommit: () => {} }, companyId, topic, { each });
    }
  });
}

interface OutboxRow {
  status: string;
  attempts: number;
  due_at: string;
  last_error: string | null;
}
const rows = () =>
  server.sql<OutboxRow>('select status, attempts, due_at, last_error from outbox order by id');
const eventually = (check: () => Promise<void> | void) =>
  vi.waitFor(check, { timeout: 10_000, interval: 10 });
const settled = (status: string) =>
  eventually(async () => {
    for (const row of await rows()) expect(row.status).toBe(status);
  });

describe('the outbox worker', () => {
  it('runs every row once, however many workers there are', async () => {
    const other = await server.company();
    await put(40);
    await put(40, { companyId: other.id });
    const done: string[] = [];
    const handlers: Handlers = {
      [TOPIC]: async ({ companyId, id }) => {
        await rows();
        done.push(`${companyId} ${id}`);
      },
    };
    for (let each = 0; each < 4; each++) worker(handlers);
    await settled('done');
    expect(done).toHaveLength(80);
    expect(new Set(done).size).toBe(80);
  });

  it('leaves topics alone that no handler is for', async () => {
    await put();
    await put(1, { topic: 'another' });
    const another = vi.fn(async () => {});
    const started = worker({ another });
    await eventually(() => expect(another).toHaveBeenCalledTimes(1));
    await started.stop();
    expect(await rows()).toMatchObject([
      { status: 'pending', attempts: 0 },
      { status: 'done', attempts: 1 },
    ]);
  });

  it('looks at once when woken', async () => {
    const seen = vi.fn(async () => {});
    const woken = worker({ [TOPIC]: seen }, { poll: 3_600_000 });
    await put();
    woken.wake();
    await eventually(() => expect(seen).toHaveBeenCalledTimes(1));
    await put();
    woken.wake();
    await eventually(() => expect(seen).toHaveBeenCalledTimes(2));
  });

  it('holds no transaction open while a handler runs', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    worker({
      [TOPIC]: () => {
        begun.resolve();
        return gate.promise;
      },
    });
    await put();
    await begun.promise;
    const open = await server.sql(
      `select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(open).toHaveLength(0);
    gate.resolve();
    await settled('done');
  });

  it('tries again, and gives up after the last attempt', async () => {
    await put();
    const seen: number[] = [];
    worker({
      [TOPIC]: async ({ attempts }) => {
        seen.push(attempts);
        throw new JobFailure('not today');
      },
    });
    await settled('dead');
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(await rows()).toMatchObject([{ attempts: 4, last_error: 'not today' }]);
  });

  it('waits longer from one attempt to the next', async () => {
    await put();
    worker(
      {
        [TOPIC]: async () => {
          throw new JobFailure('not today');
        },
      },
      { poll: 20, retries: [0, 3600] },
    );
    // The second attempt is counted when it begins, and its end sets the time of the third.
    await eventually(async () => {
      const [row] = await rows();
      expect(row).toMatchObject({ status: 'pending', attempts: 2, last_error: 'not today' });
      expect(new Date(row!.due_at).getTime() - Date.now()).toBeGreaterThan(3_500_000);
    });
  });

  it('gives up at once what is final', async () => {
    await put();
    const refuse = vi.fn(async () => {
      throw new JobFailure('never', { final: true });
    });
    worker({ [TOPIC]: refuse });
    await settled('dead');
    expect(refuse).toHaveBeenCalledTimes(1);
  });

  it('keeps of an unforeseen error only its kind', async () => {
    await put();
    worker({
      [TOPIC]: async () => {
        throw new TypeError('anna@example.org is not a function');
      },
    });
    await settled('dead');
    expect(await rows()).toMatchObject([{ last_error: 'TypeError' }]);
  });

  it('gives up a row whose processes died again and again', async () => {
    await put();
    await server.sql('update outbox set attempts = 4');
    const never = vi.fn(async () => {});
    worker({ [TOPIC]: never });
    await settled('dead');
    expect(never).not.toHaveBeenCalled();
    expect(await rows()).toMatchObject([{ last_error: 'interrupted too often' }]);
  });

  it('holds on to a row for as long as its handler runs', async () => {
    await put();
    const gate = Promise.withResolvers<void>();
    const first = vi.fn(() => gate.promise);
    const second = vi.fn(async () => {});
    const timing = { poll: 20, lease: 0.3, retries: [] };
    worker({ [TOPIC]: first }, timing);
    await eventually(() => expect(first).toHaveBeenCalled());
    worker({ [TOPIC]: second }, timing);
    const [claimed] = await rows();
    await eventually(async () => {
      const past = new Date((await rows())[0]!.due_at).getTime() - new Date(claimed!.due_at).getTime();
      expect(past).toBeGreaterThan(600);
    });
    gate.resolve();
    await settled('done');
    expect(second).not.toHaveBeenCalled();
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
  });

  it('lets no company wait for another one', async () => {
    const small = await server.company();
    await put(60);
    await put(1, { companyId: small.id });
    const order: number[] = [];
    worker({
      [TOPIC]: async ({ companyId }) => {
        await rows();
        order.push(companyId);
      },
    });
    await settled('done');
    expect(order.indexOf(small.id)).toBeLessThan(15);
  });

  it('lets no topic wait for another one', async () => {
    const gate = Promise.withResolvers<void>();
    const quick = vi.fn(async () => {});
    await put(30);
    await put(1, { topic: 'quick' });
    const both: Worker = worker({ [TOPIC]: () => gate.promise, quick });
    await eventually(() => expect(quick).toHaveBeenCalled());
    gate.resolve();
    await both.stop();
  });

  it('stops when what runs has ended, and takes nothing more', async () => {
    await put(20);
    const gate = Promise.withResolvers<void>();
    const held = vi.fn(() => gate.promise);
    const stopped = worker({ [TOPIC]: held });
    await eventually(() => expect(held).toHaveBeenCalledTimes(5));
    let over = false;
    const stop = stopped.stop().then(() => {
      over = true;
    });
    await rows();
    expect(over).toBe(false);
    gate.resolve();
    await stop;
    expect(held).toHaveBeenCalledTimes(5);
    expect((await rows()).filter(({ status }) => status === 'done')).toHaveLength(5);
  });

  it('waits quietly for a database that is away, and then writes down what was done meanwhile', async () => {
    const { host, port } = inject('postgres');
    const [{ name } = { name: '' }] = await server.sql<{ name: string }>('select current_database() as name');
    const line = await lineTo(`${host}/.s.PGSQL.${port}`);
    const complaints: string[] = [];
    const listening = pino({ level: 'error' }, { write: (text: string) => complaints.push(text) });
    const database = openDatabase(
      { host: '127.0.0.1', port: line.port, user: 'headwater', database: name },
      listening,
    );
    const gate = Promise.withResolvers<void>();
    const handler = vi.fn(() => gate.promise);
    const away = startWorker({ database, log: listening, handlers: { [TOPIC]: handler }, timing: FAST });
    await put();
    await eventually(() => expect(handler).toHaveBeenCalledTimes(1));
    await line.cut();
    gate.resolve();
    await eventually(async () => expect(await database.reachable()).toBe(false));
    expect(await rows()).toMatchObject([{ status: 'pending' }]);
    await line.mend();
    await settled('done');
    await put();
    await settled('done');
    expect(handler).toHaveBeenCalledTimes(2);
    expect(complaints).toEqual([]);
    await away.stop();
    await database.close();
    await line.cut();
  });

  it('forgets what was done more than thirty days ago', async () => {
    const old = uuidv7();
    const states = [
      [old, 'done', 31],
      [uuidv7(), 'done', 29],
      [uuidv7(), 'dead', 31],
    ];
    for (const [id, status, days] of states) {
      await server.sql(
        `insert into outbox (company_id, id, topic, payload, status, done_at)
         values ($1, $2, 'elsewhere', '{}', $3, now() - make_interval(days => $4))`,
        [company.id, id, status, days],
      );
    }
    worker({});
    await eventually(async () => expect(await rows()).toHaveLength(2));
    expect(await server.sql('select from outbox where id = $1', [old])).toHaveLength(0);
  });

  it('prunes what others hand it, and goes on where that fails', async () => {
    const prune = vi.fn(async () => {
      throw new Error('broken');
    });
    const seen = vi.fn(async () => {});
    const handlers = { [TOPIC]: seen };
    const started = startWorker({ database: server.database, log, handlers, prune, timing: FAST });
    onTestFinished(() => started.stop());
    await eventually(() => expect(prune).toHaveBeenCalledTimes(1));
    await put();
    await eventually(() => expect(seen).toHaveBeenCalledTimes(1));
    expect(prune).toHaveBeenCalledTimes(1);
  });
});

/** A TCP line to PostgreSQL's socket, to be cut as a network is. */
async function lineTo(path: string): Promise<{ port: number; cut(): Promise<void>; mend(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const far = connect(path);
    for (const socket of [client, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    client.pipe(far).pipe(client);
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const { port } = relay.address() as { port: number };
  return {
    port,
    async cut() {
      const closed = new Promise((resolve) => relay.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      await once(relay.listen(port, '127.0.0.1'), 'listening');
    },
  };
}
