import { apiClientWire, requireApiClient } from './api-client.ts';
import { listApiClients } from './api-client-store.ts';
import { query } from './verbs.ts';

export const readApiClient = query('users.write', async (ctx, { clientid }: { clientid: string }) =>
  apiClientWire(ctx.actor.companyId, await requireApiClient(ctx, clientid)),
);

/** A page of the company's API clients, oldest first. */
export const readApiClients = query('users.write', async (ctx, page: { limit: number; offset: number }) => {
  const { companyId } = ctx.actor;
  const { clients, totalCount } = await listApiClients(ctx.sql, companyId, page);
  return { apiClients: clients.map((client) => apiClientWire(companyId, client)), totalCount };
});
