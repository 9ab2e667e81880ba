import { audit } from '../platform/audit/audit.ts';
import { notFound } from '../platform/problem.ts';
import { requireApiClient } from './api-client.ts';
import { removeApiClient } from './api-client-store.ts';
import { command } from './verbs.ts';

/** Deletes the client; its tokens end with it. */
export const revokeApiClient = command('users.write', async (ctx, { clientid }: { clientid: string }) => {
  const { id } = await requireApiClient(ctx, clientid);
  if (!(await removeApiClient(ctx.sql, ctx.actor.companyId, id))) throw notFound('API client');
  await audit(ctx, 'api-client.revoke', { kind: 'api-client', id });
  ctx.afterCommit('rights changed');
});
