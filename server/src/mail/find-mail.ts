import type { Ctx } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import type { findMail, MailRow } from './mail-store.ts';

/** The mail a request names, of the actor's company, by one of the store's ways to find it; a 404 where there is none. */
export async function requireMail(ctx: Ctx, mailid: string, find: typeof findMail): Promise<MailRow> {
  const mail = isUuid(mailid) ? await find(ctx.sql, ctx.actor.companyId, mailid) : undefined;
  if (!mail) throw notFound('mail');
  return mail;
}
