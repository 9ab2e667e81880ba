import { connect, type Socket } from 'node:net';
import { percentile } from '../percentile.ts';

/** One request as it is sent; without a method it is a GET. */
export interface Request {
  method?: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

export interface Outcome {
  /** Answered with a status under 300. Milliseconds from the moment at which they were due. */
  accepted: { count: number; p50: number; p99: number };
  /** Answered with 429. */
  refused: number;
  withoutRetryAfter: number;
  /** Another status, or no answer; `failures` has what it was. */
  failed: number;
  failures: Record<string, number>;
  /** GET /healthz meanwhile, twenty times a second, each on a connection of its own. */
  health: { count: number; failed: number; p99: number };
  /** By how many milliseconds later than due requests were sent: where it is much, it was the sender that was measured. */
  late: { p50: number; p99: number };
  /** Connections at the end. */
  connections: number;
}

/** Seconds that an answer may take before its client opens one more connection; those are opened beforehand. */
const FORESEEN = 1;
const MOST_CONNECTIONS = 8_000;
/** Milliseconds for what is still under way when the time is over. */
const PATIENCE = 10_000;
const HEALTH_EVERY = 50;

/**
 * Sends `rate` requests a second for `seconds`, whether or not the former are answered, as many clients would: a request
 * that finds no idle connection opens one. HTTP is spoken by hand, since a client that does more would be what is measured.
 */
export async function overload(
  url: string,
  load: { rate: number; seconds: number; request: Request | ((count: number) => Request) },
): Promise<Outcome> {
  const { request, rate } = load;
  const { host } = new URL(url);
  const same = typeof request === 'function' ? undefined : written(host, request);
  const textOf = (count: number) => same ?? written(host, (request as (count: number) => Request)(count));
  const alive = { path: '/healthz' };

  const tally = new Tally();
  const clients = new Clients(url, tally);
  await clients.warmUp(Math.min(rate * FORESEEN, MOST_CONNECTIONS), written(host, alive));
  const health = probe(url, written(host, { ...alive, headers: { connection: 'close' } }));

  const begun = performance.now();
  const total = Math.round(rate * load.seconds);
  let sent = 0;
  await until((now) => {
    const due = Math.min(total, Math.floor(((now - begun) * rate) / 1000));
    for (; sent < due; sent++) clients.send({ due: begun + (sent * 1000) / rate, text: textOf(sent) });
    return sent === total;
  });
  const last = performance.now();
  await until((now) => tally.ended === total || now - last > PATIENCE);
  const outcome = { ...tally.outcome(total), health: await health.stop(), connections: clients.count };
  clients.close();
  return outcome;
}

interface Pending {
  due: number;
  text: string;
}

/** What has come of the requests. */
class Tally {
  ended = 0;
  readonly late: number[] = [];
  readonly #took: number[] = [];
  readonly #failures: Record<string, number> = {};
  #refused = 0;
  #withoutRetryAfter = 0;

  end(due: number, result: Result): void {
    this.ended++;
    const { status, retryAfter } = typeof result === 'string' ? { status: result } : result;
    if (Number(status) < 300) this.#took.push(performance.now() - due);
    else if (status !== 429) this.#failures[status] = (this.#failures[status] ?? 0) + 1;
    else {
      this.#refused++;
      if (!retryAfter) this.#withoutRetryAfter++;
    }
  }

  outcome(total: number): Omit<Outcome, 'health' | 'connections'> {
    const failures = { ...this.#failures, ...(this.ended < total && { 'no answer': total - this.ended }) };
    return {
      accepted: { count: this.#took.length, ...percentiles(this.#took) },
      refused: this.#refused,
      withoutRetryAfter: this.#withoutRetryAfter,
      failed: Object.values(failures).reduce((sum, count) => sum + count, 0),
      failures,
      late: percentiles(this.late),
    };
  }
}

/** As many connections as there are requests at a time. */
class Clients {
  readonly #url: string;
  readonly #tally: Tally;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  /** Those that found no connection, and how many of them have one by now. */
  readonly #waiting: Pending[] = [];
  #served = 0;

  constructor(url: string, tally: Tally) {
    this.#url = url;
    this.#tally = tally;
  }

  get count(): number {
    return this.#all.size;
  }

  /** Opens so many, and waits until each was answered once: one that is open here may still wait to be accepted there. */
  async warmUp(count: number, text: string): Promise<void> {
    const answered: Promise<unknown>[] = [];
    while (answered.length < count) {
      const connection = this.#open();
      this.#idle.push(connection);
      answered.push(new Promise((resolve) => connection.send(text, resolve)));
    }
    await Promise.all(answered);
  }

  send(pending: Pending): void {
    let connection = this.#idle.pop();
    while (connection && !connection.usable) {
      this.#all.delete(connection);
      connection = this.#idle.pop();
    }
    if (connection) this.#sendOn(connection, pending);
    else if (this.#all.size < MOST_CONNECTIONS) this.#sendOn(this.#open(), pending);
    else this.#waiting.push(pending);
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  #open(): Connection {
    const connection = new Connection(this.#url);
    this.#all.add(connection);
    return connection;
  }

  #sendOn(connection: Connection, { due, text }: Pending): void {
    this.#tally.late.push(performance.now() - due);
    connection.send(text, (result) => {
      this.#tally.end(due, result);
      const next = this.#waiting[this.#served];
      if (!connection.usable) this.#all.delete(connection);
      else if (next) {
        this.#served++;
        this.#sendOn(connection, next);
      } else this.#idle.push(connection);
    });
  }
}

/** What became of a request: its answer, or a word on why there is none. */
type Result = { status: number; retryAfter: boolean } | string;

/** One connection with one request at a time. */
class Connection {
  usable = true;
  readonly #socket: Socket;
  #done: ((result: Result) => void) | undefined;
  #head = '';
  /** Bytes of the answer's body that have not come; undefined while its head is read. */
  #left: number | undefined;
  #answer = { status: 0, retryAfter: false };

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error: Error & { code?: string }) => this.#fail(error.code ?? error.message));
    socket.on('close', () => this.#fail('closed'));
  }

  send(text: string, done: (result: Result) => void): void {
    this.#done = done;
    this.#socket.write(text, 'latin1');
  }

  close(): void {
    this.usable = false;
    this.#done = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#left === undefined) {
      this.#head += chunk.toString('latin1');
      const at = this.#head.indexOf('\r\n\r\n');
      if (at < 0) return;
      const head = this.#head.slice(0, at).toLowerCase();
      this.#answer = {
        status: Number(head.slice(9, 12)),
        retryAfter: /\r\nretry-after: \d+/.test(head),
      };
      if (head.includes('\r\nconnection: close')) this.usable = false;
      const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
      if (length === undefined && this.#answer.status !== 204) {
        this.#fail('no content-length');
        return;
      }
      this.#left = Number(length ?? 0) - (this.#head.length - at - 4);
      this.#head = '';
    } else this.#left -= chunk.length;
    if (this.#left > 0) return;
    this.#left = undefined;
    this.#finish(this.#answer);
  }

  #fail(reason: string): void {
    this.usable = false;
    this.#socket.destroy();
    this.#finish(reason);
  }

  #finish(result: Result): void {
    const done = this.#done;
    this.#done = undefined;
    if (!this.usable) this.#socket.end();
    done?.(result);
  }
}

function probe(url: string, text: string) {
  const took: number[] = [];
  const under: Promise<void>[] = [];
  let failed = 0;
  const timer = setInterval(() => {
    const due = performance.now();
    under.push(
      new Promise((resolve) => {
        const connection = new Connection(url);
        connection.send(text, (result) => {
          if (typeof result !== 'string' && result.status === 200) took.push(performance.now() - due);
          else failed++;
          connection.close();
          resolve();
        });
      }),
    );
  }, HEALTH_EVERY);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(under);
      return { count: took.length, failed, p99: percentiles(took).p99 };
    },
  };
}

function written(host: string, { method = 'GET', path, headers = {}, body = '' }: Request): string {
  // As bytes, so that the length counts them.
  const sent = Buffer.from(body).toString('latin1');
  const lines = Object.entries({
    host,
    ...headers,
    ...(body ? { 'content-type': 'application/json', 'content-length': String(sent.length) } : {}),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${sent}`;
}

/** Looks every millisecond whether it is time. */
function until(over: (now: number) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!over(performance.now())) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}

/** NaN of nothing. */
function percentiles(values: number[]): { p50: number; p99: number } {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5) ?? Number.NaN, p99: percentile(sorted, 0.99) ?? Number.NaN };
}
