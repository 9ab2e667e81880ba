import { query } from '../identity/verbs.ts';
import type { Mail } from '../platform/mail/mail.ts';
import { listMails, type MailRow } from './mail-store.ts';

export const MAIL_STATES = ['waiting', 'sent', 'failed'] as const;

/** The company's mails, so that an invitation can be followed without a mail server (docs/wire-rulings.md section 8). */
export const readMails = query('mail.read', async (ctx, range: { limit: number; offset: number }) => {
  const { rows, totalCount } = await listMails(ctx.sql, ctx.actor.companyId, range);
  return { mails: rows.map(mailWire), totalCount };
});

function mailWire(row: MailRow): object {
  const { to, subject, text, html } = row.payload as Mail;
  return {
    id: row.id,
    to,
    subject,
    text,
    html,
    status: stateOf(row.status),
    attempts: row.attempts,
    createdAt: row.created_at,
    ...(row.done_at === null ? {} : { sentAt: row.done_at }),
    ...(row.last_error === null ? {} : { error: row.last_error }),
  };
}

function stateOf(status: string): (typeof MAIL_STATES)[number] {
  if (status === 'done') return 'sent';
  return status === 'dead' ? 'failed' : 'waiting';
}
