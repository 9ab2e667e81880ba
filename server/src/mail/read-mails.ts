import { query } from '../identity/verbs.ts';
import { requireMail } from './find-mail.ts';
import { type MailState, type MailWire, mailWire, statusOf } from './mail.ts';
import { findMail, listMails } from './mail-store.ts';

export interface MailRange {
  status?: MailState;
  limit: number;
  offset: number;
}

/** The company's mails, so that an invitation can be followed without a mail server (docs/wire-rulings.md section 8). */
export const readMails = query(
  'mail.read',
  async (ctx, { status, limit, offset }: MailRange): Promise<{ mails: MailWire[]; totalCount: number }> => {
    const range = { status: status && statusOf(status), limit, offset };
    const { rows, totalCount } = await listMails(ctx.sql, ctx.actor.companyId, range);
    return { mails: rows.map(mailWire), totalCount };
  },
);

export const readMail = query('mail.read', async (ctx, { mailid }: { mailid: string }) =>
  mailWire(await requireMail(ctx, mailid, findMail)),
);
