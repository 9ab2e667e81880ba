import { command } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { retryJob } from '../platform/jobs/retry-job.ts';
import { MAIL_TOPIC } from '../platform/mail/mail.ts';
import { conflict } from '../platform/problem.ts';
import { requireMail } from './find-mail.ts';
import { mailWire } from './mail.ts';
import { findMail, lockMail } from './mail-store.ts';

/**
 * Has a mail tried at once: one that failed begins anew, one that waits does not wait for its time. 409 for one that was
 * sent. Where it is due, or on its way at this moment, nothing changes.
 */
export const retryMail = command('mail.write', async (ctx, { mailid }: { mailid: string }) => {
  const { companyId } = ctx.actor;
  const mail = await requireMail(ctx, mailid, lockMail);
  if (mail.status === 'done') throw conflict('the mail was sent already; nothing is sent twice');
  if (!(await retryJob(ctx.sql, companyId, MAIL_TOPIC, mail.id))) return mailWire(mail);
  const fields = mail.status === 'dead' ? ['status', 'attempts'] : ['nextAttemptAt'];
  const [changed] = await Promise.all([
    findMail(ctx.sql, companyId, mail.id),
    audit(ctx, 'mail.retry', { kind: 'mail', id: mail.id }, fields),
  ]);
  ctx.afterCommit('work enqueued');
  return mailWire(changed!);
});
