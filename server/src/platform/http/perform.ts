import type { FastifyRequest } from 'fastify';
import type { Database } from '../db/database.ts';
import { Collision } from '../db/errors.ts';
import type { Sql } from '../db/statement.ts';
import { Problem } from '../problem.ts';
import type { Context, News } from '../verb.ts';
import type { MountedVerb } from './endpoint.ts';

/** Runs a verb for an actor (undefined on routes that are open to all): directly where it can, in a transaction where it wants one. */
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
    const inTransaction = () => database.transaction(run, companyId ?? 'strangers');
    const output = verb.transaction
      ? ((await directly(database, verb, context, input)) ?? (await inTransaction()))
      : await run(database.read);
    for (const item of news) heard[item]();
    return output;
  };
}

/** Undefined where nothing has happened. To refuse is for `run`, which looks at more. */
async function directly(
  database: Database,
  verb: MountedVerb,
  context: (sql: Sql) => Context<unknown>,
  input: unknown,
): Promise<unknown> {
  if (!verb.direct || !database.writesDirectly) return undefined;
  try {
    return await verb.direct(context(database.read) as never, input as never);
  } catch (error) {
    if (error instanceof Collision || error instanceof Problem) return undefined;
    throw error;
  }
}
