import { forbidden, notFound } from '../platform/problem.ts';
import type { Context, Verb } from '../platform/verb.ts';
import { isAdministrator } from './account-types.ts';
import type { CustomerActor } from './customer-actor.ts';

export type CustomerCtx = Context<CustomerActor>;
/** `customers.read` is every customer's; `customers.write` is narrowed by whom it is about, downwards only. */
export type CustomerPermission = 'customers.read' | 'customers.write' | 'customers.administrate';

/** Every path of /api/v3 names the company; another one's is as one that never existed. */
interface InCompany {
  companyId: string;
}

type Run<I, O> = (ctx: CustomerCtx, input: I) => Promise<O>;
type Made<I, O> = Omit<Verb<never, CustomerPermission, I, O>, 'run'> & { run: Run<I, O> };

/** A verb that only reads. */
export function customerQuery<I extends InCompany, O>(run: Run<I, O>): Made<I, O> {
  return { permission: 'customers.read', transaction: false, run: within(run) };
}

/** A verb that only reads, about the caller's own company without naming it. */
export function ownQuery<I, O>(run: Run<I, O>): Made<I, O> {
  return { permission: 'customers.read', transaction: false, run };
}

/** A verb that changes something, all of it in one transaction. */
export function customerCommand<I extends InCompany, O>(
  permission: CustomerPermission,
  run: Run<I, O>,
): Made<I, O> {
  return {
    permission,
    transaction: true,
    run: within(async (ctx, input) => {
      if (permission === 'customers.administrate' && !isAdministrator(ctx.actor.accountType)) {
        throw forbidden('only owners and admins may do this');
      }
      return run(ctx, input);
    }),
  };
}

function within<I extends InCompany, O>(run: Run<I, O>): Run<I, O> {
  return async (ctx, input) => {
    if (input.companyId !== String(ctx.actor.companyId)) throw notFound('company');
    return run(ctx, input);
  };
}
