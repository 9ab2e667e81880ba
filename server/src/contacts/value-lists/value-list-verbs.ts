import { type Ctx, command, query, recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { enqueue } from '../../platform/jobs/outbox.ts';
import { conflict, notFound } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { isUuid, uuidv7 } from '../../platform/uuid.ts';
import { RECOMPOSE_TOPIC } from '../recompose-topic.ts';
import type { ValueList } from './value-list.ts';

/**
 * Reading, adding, renaming and deleting the entries of a list. A value is unique in its list, whatever its case
 * (409). Contacts that carry a renamed or deleted entry are composed anew by a job.
 */
export function valueListVerbs({ kind, what, store }: ValueList) {
  const taken = () => conflict(`value: is already a ${what}`);

  async function found(ctx: Ctx, id: string) {
    const row = isUuid(id) ? await store.find(ctx.sql, ctx.actor.companyId, id) : undefined;
    if (!row) throw notFound(what);
    return row;
  }

  async function locked(ctx: Ctx, id: string) {
    const row = await store.lock(ctx.sql, ctx.actor.companyId, id);
    if (!row) throw notFound(what);
    return row;
  }

  return {
    list: query('signed-in', async (ctx, range: { limit: number; offset: number }) =>
      store.page(ctx.sql, ctx.actor.companyId, range),
    ),

    read: query('signed-in', found),

    add: command('settings.write', async (ctx, input: { value: string }) => {
      const { companyId } = ctx.actor;
      const row = { id: uuidv7(), value: trimmed('value', input.value) };
      if (await store.idOfValue(ctx.sql, companyId, row.value)) throw taken();
      await store.insert(ctx.sql, companyId, row);
      audit(ctx, `${kind}.create`, { kind, id: row.id }, ['value']);
      return row;
    }),

    rename: recordCommand('settings.write', async (ctx, input: { id: string; value: string }, permit) => {
      const { companyId } = ctx.actor;
      await found(ctx, input.id);
      permit(true);
      const before = await locked(ctx, input.id);
      const after = { id: before.id, value: trimmed('value', input.value) };
      if (after.value === before.value) return before;
      const holder = await store.idOfValue(ctx.sql, companyId, after.value);
      if (holder !== undefined && holder !== after.id) throw taken();
      await store.rename(ctx.sql, companyId, after);
      enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: after.id });
      audit(ctx, `${kind}.update`, { kind, id: after.id }, ['value']);
      return after;
    }),

    remove: recordCommand('settings.write', async (ctx, input: { id: string }, permit) => {
      const { companyId } = ctx.actor;
      await found(ctx, input.id);
      permit(true);
      const { id } = await locked(ctx, input.id);
      await store.remove(ctx.sql, companyId, id);
      enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: id });
      audit(ctx, `${kind}.delete`, { kind, id });
    }),
  };
}
