import { statement } from '../db/statement.ts';
import { uuidv7 } from '../uuid.ts';
import type { Context } from '../verb.ts';

const insertAudit = statement({
  name: 'audit.insert',
  text: `
    insert into audit_entry (company_id, id, actor_id, api_client_id, action, subject_kind, subject_id, fields, request_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  parameters: ['int4', 'uuid', 'uuid?', 'uuid?', 'text', 'text', 'text', 'text[]', 'uuid'],
});

/** Records in the verb's own transaction who did what to which record; `fields` are names, never values. */
export async function audit(
  ctx: Context<{ companyId: number; userId?: string; apiClientId?: string | undefined }>,
  action: string,
  subject: { kind: string; id: string },
  fields: string[] = [],
): Promise<void> {
  const { companyId, userId, apiClientId } = ctx.actor;
  await ctx.sql.run(insertAudit, [
    companyId,
    uuidv7(),
    userId ?? null,
    apiClientId ?? null,
    action,
    subject.kind,
    subject.id,
    fields,
    ctx.requestId,
  ]);
}
