import pg from 'pg';
import { endWithin } from './end-within.ts';
import { DatabaseAway, DatabaseBusy, translated, Unprepared } from './errors.ts';
import { send } from './send.ts';
import type { Statement } from './statement.ts';

const MOST_PENDING = 1000;
/** At a statement that those before it fail to prepare. */
const ATTEMPTS = 5;

/** One pipelined connection, opened anew after it was lost. */
export class Pipeline {
  pending = 0;
  /** How long the latest answer took, in milliseconds, and when it came or began to be awaited. */
  #latest = 0;
  #progress = 0;
  #client: Promise<pg.Client> | undefined;
  readonly #config: pg.ClientConfig;
  readonly #lost: (error: Error) => void;
  constructor(config: pg.ClientConfig, lost: (error: Error) => void) {
    this.#config = config;
    this.#lost = lost;
  }

  /** Sends at once; answered behind what was sent before. */
  async run(statement: Statement, parameters: readonly unknown[]): Promise<unknown[]> {
    if (this.pending >= MOST_PENDING) throw new DatabaseBusy();
    const begun = performance.now();
    if (this.pending++ === 0) this.#progress = begun;
    try {
      return await this.#sent(statement, parameters);
    } catch (error) {
      throw translated(error);
    } finally {
      this.pending--;
      this.#progress = performance.now();
      this.#latest = this.#progress - begun;
    }
  }

  async #sent(statement: Statement, parameters: readonly unknown[]): Promise<unknown[]> {
    for (let tries = 1; tries <= ATTEMPTS; tries++) {
      try {
        return await send(await this.#connected(), statement, parameters);
      } catch (error) {
        if (!(error instanceof Unprepared)) throw error;
      }
    }
    throw new DatabaseBusy();
  }

  /** Milliseconds that a statement waits for its answer at present: those before it are answered first. */
  delay(): number {
    return this.pending === 0 ? 0 : Math.max(this.#latest, performance.now() - this.#progress);
  }

  /** Lets what was sent be answered for `patience` milliseconds, then cuts the connection. */
  async close(patience: number): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    if (client) await endWithin(client, patience);
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#open();
    return this.#client;
  }

  #open(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, pipeline: true } as pg.ClientConfig);
    // Its end may be heard after the next one was opened, which stays.
    const forget = () => {
      if (this.#client === opened) this.#client = undefined;
    };
    client.on('error', (error) => {
      this.#lost(error);
      forget();
    });
    client.on('end', forget);
    const opened = client.connect().then(
      () => client,
      (error) => {
        forget();
        throw new DatabaseAway(error);
      },
    );
    return opened;
  }
}
