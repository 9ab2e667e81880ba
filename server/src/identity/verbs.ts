import { forbidden } from '../platform/problem.ts';
import type { Context, Verb } from '../platform/verb.ts';
import type { Actor } from './actor.ts';
import { allows, type Permission } from './permissions.ts';

export type Ctx = Context<Actor>;
/** The context of a verb that anyone may call. */
export type OpenCtx = Context<undefined>;

type Run<C, I, O> = (ctx: C, input: I) => Promise<O>;
type Made<C, I, O> = Pick<Verb<never, Permission, I, O>, 'permission' | 'transaction'> & {
  companyOf?: (input: I) => number | undefined;
  run: Run<C, I, O>;
  direct?: Run<C, I, O | undefined>;
};
type RecordRun<I, O> = (ctx: Ctx, input: I, permit: (allowed: boolean) => void) => Promise<O>;

/** A verb that only reads: each statement by itself, one round trip the goal. */
export function query<I, O>(permission: Permission, run: Run<Ctx, I, O>): Made<Ctx, I, O> {
  return { permission, transaction: false, run: guarded(permission, run) };
}

/** A verb that changes something, all of it in one transaction; `direct`: see Verb. */
export function command<I, O>(
  permission: Permission,
  run: Run<Ctx, I, O>,
  direct?: Run<Ctx, I, O | undefined>,
): Made<Ctx, I, O> {
  return {
    permission,
    transaction: true,
    run: guarded(permission, run),
    ...(direct ? { direct: guarded(permission, direct) } : {}),
  };
}

/**
 * A command on one record that not everyone sees: it looks the record up first (404), then calls `permit` with
 * whether the actor may do this to this record (403).
 */
export function recordCommand<I, O>(
  permission: Permission,
  run: RecordRun<I, O>,
  direct?: RecordRun<I, O | undefined>,
): Made<Ctx, I, O> {
  return {
    permission,
    transaction: true,
    run: permitted(permission, run),
    ...(direct ? { direct: permitted(permission, direct, (output) => output !== undefined) } : {}),
  };
}

/** A verb open to all. */
export function openQuery<I, O>(run: Run<OpenCtx, I, O>): Made<OpenCtx, I, O> {
  return { permission: 'public', transaction: false, run };
}

/** `companyOf`: whose share of the connections it takes, by what its input says. */
export function openCommand<I, O>(
  run: Run<OpenCtx, I, O>,
  companyOf: (input: NoInfer<I>) => number | undefined,
): Made<OpenCtx, I, O> {
  return { permission: 'public', transaction: true, companyOf, run };
}

function guarded<I, O>(permission: Permission, run: Run<Ctx, I, O>): Run<Ctx, I, O> {
  return async (ctx, input) => {
    if (!allows(ctx.actor.rights, permission)) throw denied(permission);
    return run(ctx, input);
  };
}

/** `isDone`: whether it came to something, which it may not without asking. */
function permitted<I, O>(
  permission: Permission,
  run: RecordRun<I, O>,
  isDone: (output: O) => boolean = () => true,
): Run<Ctx, I, O> {
  return async (ctx, input) => {
    let asked = false;
    const output = await run(ctx, input, (allowed) => {
      asked = true;
      if (!allowed || !allows(ctx.actor.rights, permission)) throw denied(permission);
    });
    if (!asked && isDone(output)) {
      throw new Error(`a verb for ${permission} ended without asking whether it is permitted`);
    }
    return output;
  };
}

function denied(permission: Permission): Error {
  return forbidden(`your roles do not include ${permission}`);
}
