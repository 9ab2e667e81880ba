import { auditMany } from '../../platform/audit/audit.ts';
import { type CustomerCtx, customerCommand } from '../customer-verbs.ts';
import { createMany } from './create-many.ts';
import { type GivenList, raiseRows } from './given-list.ts';
import { deactivateAll, reactivateAll } from './import-store.ts';
import { type Plan, planImport } from './plan.ts';
import { slices } from './slices.ts';
import { readStanding } from './standing.ts';
import { holdCustomers, planAgain } from './standing-store.ts';
import type { Stood } from './stood.ts';

const CHANGED_AT_ONCE = 2_000;
const FIELDS = ['is_active', 'status'];

/** How many, and their numbers. */
export interface Imported {
  count: number;
  numbers: number[];
}

/**
 * Makes the company's active customers those of a list: creates and invites the missing, reactivates the listed,
 * deactivates whoever is not listed and below the caller, and changes nothing else. A dry run only says what would happen.
 * A 400 names every row with a mistake, and then nothing is changed.
 */
export const importCustomers = ({ publicUrl }: { publicUrl: string }) =>
  customerCommand(
    'customers.administrate',
    async (
      ctx,
      { dryRun, list }: { companyId: string; dryRun: boolean; list: GivenList },
    ): Promise<Record<keyof Plan, Imported>> => {
      const { companyId } = ctx.actor;
      if (!dryRun) await holdCustomers(ctx.sql, companyId);
      await planAgain(ctx.sql);
      const standing = await readStanding(ctx.sql, companyId, list.rows);
      const { plan, mistakes } = await planImport(list, standing, ctx.actor);
      raiseRows(mistakes);
      const created = dryRun ? [] : await carryOut(ctx, plan, publicUrl);
      return {
        created: { count: plan.created.length, numbers: created },
        reactivated: imported(plan.reactivated),
        deactivated: imported(plan.deactivated),
        unchanged: imported(plan.unchanged),
      };
    },
  );

/** Answers the numbers of the customers it made. */
async function carryOut(ctx: CustomerCtx, plan: Plan, publicUrl: string): Promise<number[]> {
  const { companyId } = ctx.actor;
  const changed = async (action: string, stood: Stood[], change: typeof reactivateAll) => {
    for await (const slice of slices(stood, CHANGED_AT_ONCE)) {
      const ids = slice.map(({ accountId }) => accountId);
      await change(ctx.sql, companyId, ids);
      auditMany(ctx, action, { kind: 'customer', ids }, FIELDS);
    }
    if (stood.length > 0) ctx.afterCommit('rights changed');
  };
  const numbers = await createMany(ctx, plan.created, publicUrl);
  await changed('customer.reactivate', plan.reactivated, reactivateAll);
  await changed('customer.deactivate', plan.deactivated, deactivateAll);
  return numbers;
}

function imported(stood: Stood[]): Imported {
  return { count: stood.length, numbers: stood.map(({ number }) => number) };
}
