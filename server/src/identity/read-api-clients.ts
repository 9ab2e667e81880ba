import { apiClientWire, requireApiClient } from './api-client.ts';
import { listApiClients } from './api-client-store.ts';
import { query } from './verbs.ts';

export const readApiClient = query('signed-in', async (ctx, { clientid }: { clientid: string }) =>
  apiClientWire(ctx.actor.companyId, await requireApiClient(ctx, clientid)),
);

/** A page of the company's API clients, oldest first; the role `restricted` finds its own. */
export const readApiClients = query('signed-in', async (ctx, page: { limit: number; offset: number }) => {
  const { companyId } = ctx.actor;
  const { clients, totalCount } = await listApiClients(ctx.sql, companyId, {
    only: ctx.actor.rights.users === 'self' ? ctx.actor.userId : null,
    ...page,
  });
  return { apiClients: clients.map((client) => apiClientWire(companyId, client)), totalCount };
});
