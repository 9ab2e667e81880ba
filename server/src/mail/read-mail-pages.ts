import { companyById } from '../identity/company-store.ts';
import { query } from '../identity/verbs.ts';
import type { MailWire } from './mail.ts';
import { type MailRange, readMail, readMails } from './read-mails.ts';

/** What the page of the mails shows; times are the company's. */
export interface MailList {
  mails: MailWire[];
  totalCount: number;
  range: MailRange;
  timezone: string;
}

export const readMailList = query('mail.read', async (ctx, range: MailRange): Promise<MailList> => {
  const [list, { timezone }] = await Promise.all([
    readMails.run(ctx, range),
    companyById(ctx.sql, ctx.actor.companyId),
  ]);
  return { ...list, range, timezone };
});

export interface OneMail {
  mail: MailWire;
  timezone: string;
}

export const readOneMail = query('mail.read', async (ctx, input: { mailid: string }): Promise<OneMail> => {
  const [mail, { timezone }] = await Promise.all([
    readMail.run(ctx, input),
    companyById(ctx.sql, ctx.actor.companyId),
  ]);
  return { mail, timezone };
});
