import type { Actors } from '../identity/actor.ts';
import { signIn } from '../identity/sign-in.ts';
import type { Tokens } from '../identity/tokens.ts';
import { type Ctx, type OpenCtx, openQuery } from '../identity/verbs.ts';
import type { Database } from '../platform/db/database.ts';
import type { Sql } from '../platform/db/statement.ts';
import { forbidden, Problem, unauthorized } from '../platform/problem.ts';

/** What it takes to sign someone in and to act for them. */
export interface SignedIn {
  tokens: Tokens;
  actors: Pick<Actors, 'of'>;
  database: Pick<Database, 'transaction'>;
}

/** A request of someone whose browser sends email and password along. */
export interface Asked<I> {
  authorization: string | undefined;
  /** It comes from another site, or hides where it comes from: refused, whoever asks. */
  foreign?: boolean;
  input: I;
}

/** What a verb answered, or the status that says why it did not. */
export type Outcome<O> = { state: 'done'; output: O } | { state: 'refused'; status: number };

const TOLD = new Set([401, 403, 404, 409]);

/**
 * Runs a verb for the user whose email and password come in a Basic header: for pages, which browsers ask them for. By
 * the rules and the back-off of GET /v1/auth, and before any transaction of the verb: a failure counts though the
 * request comes to nothing. The token is not handed out, so that nothing of the sign-in outlives the request.
 */
export const byPassword = <I, O>(
  { tokens, actors, database }: SignedIn,
  verb: { transaction: boolean; run(ctx: Ctx, input: I): Promise<O> },
) =>
  openQuery(async (ctx, { authorization, foreign, input }: Asked<I>): Promise<Outcome<O>> => {
    try {
      if (foreign) throw forbidden('the request comes from another site');
      const actor = await actors.of(tokens.verify(await tokenOf(ctx, tokens, authorization)));
      const run = (sql: Sql) => verb.run({ ...ctx, actor, sql }, input);
      const output = await (verb.transaction ? database.transaction(run, actor.companyId) : run(ctx.sql));
      return { state: 'done', output };
    } catch (error) {
      if (error instanceof Problem && TOLD.has(error.status))
        return { state: 'refused', status: error.status };
      throw error;
    }
  });

/** A header that is no sign-in is a 401 here: a browser sends none before it is asked. */
async function tokenOf(ctx: OpenCtx, tokens: Tokens, authorization: string | undefined): Promise<string> {
  const signedIn = signIn(tokens).run(ctx, { authorization });
  const { token } = await signedIn.catch((error) => {
    throw error instanceof Problem && error.status === 400 ? unauthorized(error.message) : error;
  });
  return token;
}
