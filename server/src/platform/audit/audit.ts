import { type ColumnType, statement } from '../db/statement.ts';
import { uuidv7 } from '../uuid.ts';
import type { Context } from '../verb.ts';

const INSERT = `
  insert into audit_entry (company_id, subject_id, id, actor_id, api_client_id, action, subject_kind, fields, request_id)`;

/** Who did what, as `auditValues` has it. */
export const AUDIT = [
  'uuid',
  'uuid?',
  'uuid?',
  'text',
  'text',
  'text[]',
  'uuid',
] as const satisfies ColumnType[];

const insertAudit = statement({
  name: 'audit.insert',
  text: `${INSERT} values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  parameters: ['int4', 'text', ...AUDIT],
});

const insertMany = statement({
  name: 'audit.insert-many',
  text: `${INSERT}
    select $1, w.subject_id, w.id, $2, $3, $4, $5, $8, $9
    from unnest($6::uuid[], $7::text[]) as w(id, subject_id)`,
  parameters: ['int4', 'uuid?', 'uuid?', 'text', 'text', 'uuid[]', 'text[]', 'text[]', 'uuid'],
});

/**
 * SQL for a part of the statement that writes the one record itself, which `record` names: its audit row, from AUDIT's
 * parameters that begin at `first`.
 */
export function auditOf(record: string, first: number): string {
  return `${INSERT}
    select r.company_id, r.id::text, ${AUDIT.map((_, index) => `$${first + index}`).join(', ')} from ${record} r`;
}

type Audited = Context<{ companyId: number; userId?: string; apiClientId?: string | undefined }>;

/** Records in the verb's own transaction who did what to which record; `fields` are names, never values. */
export function audit(
  ctx: Audited,
  action: string,
  subject: { kind: string; id: string },
  fields: string[] = [],
): void {
  const values = auditValues(ctx, action, subject.kind, fields);
  ctx.sql.write(insertAudit, [ctx.actor.companyId, subject.id, ...values]);
}

/** The same about many records of a kind. */
export function auditMany(
  ctx: Audited,
  action: string,
  subjects: { kind: string; ids: string[] },
  fields: string[] = [],
): void {
  const { companyId, userId, apiClientId } = ctx.actor;
  ctx.sql.write(insertMany, [
    companyId,
    userId ?? null,
    apiClientId ?? null,
    action,
    subjects.kind,
    subjects.ids.map(uuidv7),
    subjects.ids,
    fields,
    ctx.requestId,
  ]);
}

/** The values of AUDIT, about one record of a kind. */
export function auditValues(
  { actor, requestId }: Audited,
  action: string,
  kind: string,
  fields: string[],
): [string, string | null, string | null, string, string, string[], string] {
  return [uuidv7(), actor.userId ?? null, actor.apiClientId ?? null, action, kind, fields, requestId];
}
