import { createHash, randomBytes } from 'node:crypto';
import { statement } from '../platform/db/statement.ts';
import { enqueue } from '../platform/jobs/outbox.ts';
import { MAIL_TOPIC } from '../platform/mail/mail.ts';
import type { Context } from '../platform/verb.ts';
import { invitationMail } from './mails.ts';

const DAYS = 7;

const replaceInvitation = statement({
  name: 'invitation.replace',
  text: `
    with dead as (delete from invitation i where i.company_id = $1 and i.account_id = $3)
    insert into invitation (company_id, token_hash, account_id, expires_at)
    values ($1, $2, $3, now() + make_interval(days => $4))`,
  parameters: ['int4', 'bytea', 'uuid', 'int4'],
});

const companyName = statement({
  name: 'company.name',
  text: 'select c.name from company c where c.id = $1',
  parameters: ['int4'],
  row: { name: 'text' },
  scope: 'server',
});

/** Writes the mail with a one-time link that lets the account set its password; earlier links die. */
export async function invite(
  ctx: Pick<Context<unknown>, 'sql' | 'afterCommit'>,
  companyId: number,
  account: { id: string; email: string; firstName: string | null },
  publicUrl: string,
): Promise<void> {
  const token = `${companyId}.${randomBytes(32).toString('base64url')}`;
  await ctx.sql.run(replaceInvitation, [companyId, invitationHash(token), account.id, DAYS]);
  const [company] = await ctx.sql.run(companyName, [companyId]);
  const mail = invitationMail({
    to: account.email,
    firstName: account.firstName,
    company: company!.name,
    url: `${publicUrl}/invitation/${token}`,
    days: DAYS,
  });
  await enqueue(ctx, companyId, MAIL_TOPIC, mail);
}

/** Only the digest of a link's token is kept. */
export function invitationHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
