import type { Row, Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { MAIL_TOPIC } from '../platform/mail/mail.ts';

const COLUMNS =
  'o.id, o.payload, o.status, o.attempts, o.created_at, o.due_at, o.done_at, o.last_error' as const;
const MAIL = {
  id: 'uuid',
  payload: 'jsonb',
  status: 'text',
  attempts: 'int4',
  created_at: 'timestamptz',
  due_at: 'timestamptz',
  done_at: 'timestamptz?',
  last_error: 'text?',
} as const;

const MAILS = 'o.company_id = $1 and o.topic = $2';
const LISTED = `from outbox o where ${MAILS} and ($3::text is null or o.status = $3)`;

// An empty page is one row without a mail.
const page = statement({
  name: 'mail.page',
  text: `
    select t.total, p.* from (select count(*) as total ${LISTED}) t left join (
      select ${COLUMNS} ${LISTED} order by o.created_at desc, o.id desc limit $4 offset $5) p on true
    order by p.created_at desc, p.id desc`,
  parameters: ['int4', 'text', 'text?', 'int4', 'int4'],
  row: {
    total: 'int8',
    id: 'uuid?',
    payload: 'jsonb?',
    status: 'text?',
    attempts: 'int4?',
    created_at: 'timestamptz?',
    due_at: 'timestamptz?',
    done_at: 'timestamptz?',
    last_error: 'text?',
  },
  scan: true,
});

const byId = statement({
  name: 'mail.by-id',
  text: `select ${COLUMNS} from outbox o where ${MAILS} and o.id = $3`,
  parameters: ['int4', 'text', 'uuid'],
  row: MAIL,
});

const lock = statement({
  name: 'mail.lock',
  text: `select ${COLUMNS} from outbox o where ${MAILS} and o.id = $3 for update`,
  parameters: ['int4', 'text', 'uuid'],
  row: MAIL,
});

export type MailRow = Row<typeof MAIL>;

/** A page of the company's mails, newest first, and how many there are; `status` is the outbox's word. One round trip. */
export async function listMails(
  sql: Sql,
  companyId: number,
  { status, limit, offset }: { status: string | undefined; limit: number; offset: number },
): Promise<{ rows: MailRow[]; totalCount: number }> {
  const rows = await sql.run(page, [companyId, MAIL_TOPIC, status ?? null, limit, offset]);
  return { rows: rows.filter(({ id }) => id !== null) as MailRow[], totalCount: rows[0]!.total };
}

export async function findMail(sql: Sql, companyId: number, id: string): Promise<MailRow | undefined> {
  return (await sql.run(byId, [companyId, MAIL_TOPIC, id]))[0];
}

/** The same, for no worker to take meanwhile. */
export async function lockMail(sql: Sql, companyId: number, id: string): Promise<MailRow | undefined> {
  return (await sql.run(lock, [companyId, MAIL_TOPIC, id]))[0];
}
