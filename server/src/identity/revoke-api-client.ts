import { audit } from '../platform/audit/audit.ts';
import { notFound } from '../platform/problem.ts';
import { requireApiClient } from './api-client.ts';
import { removeApiClient } from './api-client-store.ts';
import { recordCommand } from './verbs.ts';

/** Deletes the client; its tokens end with it. */
export const revokeApiClient = recordCommand(
  'users.write',
  async (ctx, { clientid }: { clientid: string }, permit) => {
    const { id } = await requireApiClient(ctx, clientid);
    permit(true);
    if (!(await removeApiClient(ctx.sql, ctx.actor.companyId, id))) throw notFound('API client');
    audit(ctx, 'api-client.revoke', { kind: 'api-client', id });
    ctx.afterCommit('rights changed');
  },
);
