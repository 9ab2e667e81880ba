import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { MAIL_TOPIC } from '../platform/mail/mail.ts';

const page = statement({
  name: 'mail.page',
  text: `
    select o.id, o.payload, o.status, o.attempts, o.created_at, o.done_at, o.last_error
    from outbox o where o.company_id = $1 and o.topic = $2
    order by o.created_at desc, o.id desc limit $3 offset $4`,
  parameters: ['int4', 'text', 'int4', 'int4'],
  row: {
    id: 'uuid',
    payload: 'jsonb',
    status: 'text',
    attempts: 'int4',
    created_at: 'timestamptz',
    done_at: 'timestamptz?',
    last_error: 'text?',
  },
});

const count = statement({
  name: 'mail.count',
  text: 'select count(*) as total from outbox o where o.company_id = $1 and o.topic = $2',
  parameters: ['int4', 'text'],
  row: { total: 'int8' },
});

/** A page of the company's mails, newest first, and how many there are. */
export async function listMails(
  sql: Sql,
  companyId: number,
  { limit, offset }: { limit: number; offset: number },
) {
  const [rows, [counted]] = await Promise.all([
    sql.run(page, [companyId, MAIL_TOPIC, limit, offset]),
    sql.run(count, [companyId, MAIL_TOPIC]),
  ]);
  return { rows, totalCount: counted!.total };
}

export type MailRow = Awaited<ReturnType<typeof listMails>>['rows'][number];
