import type { Sql } from './db/statement.ts';

/**
 * What a verb tells the process it runs in: what is kept of actors may be out of date, or the outbox holds new work.
 */
export type News = 'rights changed' | 'work enqueued';

/** What every verb is given: who acts, on which connection, for which request. */
export interface Context<Actor> {
  readonly actor: Actor;
  /** A command's transaction, or the shared readers of a query. */
  readonly sql: Sql;
  readonly requestId: string;
  /** The caller's address, for limits only. */
  readonly address: string;
  /** Tells this process once the transaction is committed; other processes find out by themselves. */
  afterCommit(news: News): void;
}

/**
 * One thing the product can do, whoever asks: HTTP, the command line, a job. `permission` is checked inside `run`,
 * before anything else for most, after the record was found for those that answer 404 to who may not see it.
 */
export interface Verb<Actor, Permission extends string, Input, Output> {
  readonly permission: Permission;
  /** Whether `run` wants a transaction of its own. */
  readonly transaction: boolean;
  /** Of a verb without an actor: whose share of the connections it takes. */
  companyOf?(input: Input): number | undefined;
  run(context: Context<Actor>, input: Input): Promise<Output>;
  /**
   * The same without a transaction around it, by one statement that is one by itself, for what is usual. Where it
   * answers undefined, or throws a Collision or a Problem, nothing has happened, and `run` does it or refuses.
   */
  direct?(context: Context<Actor>, input: Input): Promise<Output | undefined>;
}
