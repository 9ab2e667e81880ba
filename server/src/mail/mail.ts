import type { Attachment, Mail } from '../platform/mail/mail.ts';
import type { MailRow } from './mail-store.ts';

/** The states of a mail, and what the outbox calls them. */
const STATUSES = { waiting: 'pending', sent: 'done', failed: 'dead' } as const;
export type MailState = keyof typeof STATUSES;
export const MAIL_STATES = Object.keys(STATUSES) as [MailState, ...MailState[]];

/** A mail as it is answered. */
export interface MailWire {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments?: Omit<Attachment, 'cid'>[];
  status: MailState;
  attempts: number;
  createdAt: string;
  sentAt?: string;
  nextAttemptAt?: string;
  error?: string;
}

export function mailWire(row: MailRow): MailWire {
  const { to, subject, text, html, attachments = [] } = row.payload as Mail;
  const status = stateOf(row.status);
  return {
    id: row.id,
    to,
    subject,
    text,
    html,
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(attachmentWire) }),
    status,
    attempts: row.attempts,
    createdAt: row.created_at,
    ...(status === 'sent' && row.done_at !== null ? { sentAt: row.done_at } : {}),
    ...(status === 'waiting' ? { nextAttemptAt: row.due_at } : {}),
    ...(row.last_error === null ? {} : { error: row.last_error }),
  };
}

export function statusOf(state: MailState): string {
  return STATUSES[state];
}

function stateOf(status: string): MailState {
  return MAIL_STATES.find((state) => STATUSES[state] === status)!;
}

function attachmentWire({ filename, contentType, content }: Attachment): Omit<Attachment, 'cid'> {
  return { filename, contentType, content };
}
