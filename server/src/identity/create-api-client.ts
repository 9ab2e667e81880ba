import { randomBytes } from 'node:crypto';
import { audit } from '../platform/audit/audit.ts';
import { invalid } from '../platform/problem.ts';
import { trimmed } from '../platform/trimmed.ts';
import { isUuid, uuidv7 } from '../platform/uuid.ts';
import { apiClientWire } from './api-client.ts';
import { insertApiClient } from './api-client-store.ts';
import { findUser } from './user-store.ts';
import { command } from './verbs.ts';

/** A program that acts with a user's roles. Its secret is answered here and never again. 400 for an unknown user. */
export const createApiClient = command(
  'users.write',
  async (ctx, { name, userId }: { name: string; userId: string }) => {
    const { companyId } = ctx.actor;
    const user = isUuid(userId) ? await findUser(ctx.sql, companyId, userId) : undefined;
    if (!user) throw invalid('userId', 'must be the id of a user');
    const secret = randomBytes(32).toString('base64url');
    const id = uuidv7();
    const client = await insertApiClient(ctx.sql, companyId, {
      id,
      name: trimmed('name', name),
      userId: user.id,
      secret,
    });
    audit(ctx, 'api-client.create', { kind: 'api-client', id }, ['name', 'userId']);
    return { ...apiClientWire(companyId, client), clientSecret: secret };
  },
);
