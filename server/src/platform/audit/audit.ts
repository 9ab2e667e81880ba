import { type ColumnType, statement } from '../db/statement.ts';
import { uuidv7 } from '../uuid.ts';
import type { Context } from '../verb.ts';

const insertAudit = statement({
  name: 'audit.insert',
  text: `
    insert into audit_entry (company_id, id, actor_id, api_client_id, action, subject_kind, subject_id, fields, request_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  parameters: ['int4', 'uuid', 'uuid?', 'uuid?', 'text', 'text', 'text', 'text[]', 'uuid'],
});

const insertMany = statement({
  name: 'audit.insert-many',
  text: `
    insert into audit_entry (company_id, id, actor_id, api_client_id, action, subject_kind, subject_id, fields, request_id)
    select $1, w.id, $2, $3, $4, $5, w.subject_id, $8, $9
    from unnest($6::uuid[], $7::text[]) as w(id, subject_id)`,
  parameters: ['int4', 'uuid?', 'uuid?', 'text', 'text', 'uuid[]', 'text[]', 'text[]', 'uuid'],
});

/** What `auditOf` takes: the types of `auditValues`. */
export const AUDIT = [
  'uuid',
  'uuid?',
  'uuid?',
  'text',
  'text',
  'text[]',
  'uuid',
] as const satisfies ColumnType[];

/** SQL for a part of the statement that writes the records themselves, which `records` names: their audit rows. `first`: of AUDIT's parameters. */
export function auditOf(records: string, first: number): string {
  const [id, actor, client, action, kind, fields, request] = AUDIT.map((_, index) => `$${first + index}`);
  return `
    insert into audit_entry (company_id, id, actor_id, api_client_id, action, subject_kind, subject_id, fields, request_id)
    select r.company_id, ${id}, ${actor}, ${client}, ${action}, ${kind}, r.id::text, ${fields}, ${request}
    from ${records} r`;
}

type Audited = Context<{ companyId: number; userId?: string; apiClientId?: string | undefined }>;

/** Records in the verb's own transaction who did what to which record; `fields` are names, never values. */
export function audit(
  ctx: Audited,
  action: string,
  subject: { kind: string; id: string },
  fields: string[] = [],
): void {
  const { companyId, userId, apiClientId } = ctx.actor;
  ctx.sql.write(insertAudit, [
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

/** The values for `auditOf`, about one record of a kind. */
export function auditValues(
  { actor, requestId }: Audited,
  action: string,
  kind: string,
  fields: string[],
): [string, string | null, string | null, string, string, string[], string] {
  return [uuidv7(), actor.userId ?? null, actor.apiClientId ?? null, action, kind, fields, requestId];
}
