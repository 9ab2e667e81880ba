import type { FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import type { Sql } from '../db/statement.ts';
import type { Context, News } from '../verb.ts';
import type { MountedVerb } from './endpoint.ts';

/** Runs a verb for an actor (undefined on routes that are open to all), in a transaction where the verb wants one. */
export type Perform = (
  verb: MountedVerb,
  actor: unknown,
  request: FastifyRequest,
  input: unknown,
) => Promise<unknown>;

export function perform(database: Database, heard: Readonly<Record<News, () => void>>): Perform {
  return async (verb, actor, request, input) => {
    const news = new Set<News>();
    const context = (sql: Sql): Context<unknown> => ({
      actor,
      sql,
      requestId: request.id,
      get address() {
        return request.ip;
      },
      afterCommit: (item) => {
        news.add(item);
      },
    });
    const run = (sql: Sql) => verb.run(context(sql) as never, input as never);
    const companyId =
      (actor as { companyId: number } | undefined)?.companyId ?? verb.companyOf?.(input as never);
    const output = await (verb.transaction
      ? database.transaction(run, companyId ?? 'strangers')
      : run(database.read));
    for (const item of news) heard[item]();
    return output;
  };
}
