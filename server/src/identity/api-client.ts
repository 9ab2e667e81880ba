import { notFound } from '../platform/problem.ts';
import { type ApiClientRow, findApiClient } from './api-client-store.ts';
import { placeOf, shownClientId } from './exchange-client-secret.ts';
import { seesUser } from './find-user.ts';
import type { Ctx } from './verbs.ts';

/** The client as /v1 answers it, without its secret. */
export function apiClientWire(companyId: number, row: ApiClientRow) {
  return {
    clientId: shownClientId(companyId, row.id),
    name: row.name,
    userId: row.account_id,
    createdAt: row.created_at,
  };
}

/** The client a request names; a 404 for one that is not there or whose user the actor does not see. */
export async function requireApiClient(ctx: Ctx, clientid: string): Promise<ApiClientRow> {
  const place = placeOf(clientid);
  const client =
    place?.companyId === ctx.actor.companyId
      ? await findApiClient(ctx.sql, place.companyId, place.clientId)
      : undefined;
  if (!client || !seesUser(ctx.actor, client.account_id)) throw notFound('API client');
  return client;
}
