import { createHash, randomBytes } from 'node:crypto';
import { statement } from '../platform/db/statement.ts';
import type { Language } from '../platform/http/language.ts';
import { enqueue, enqueueMany } from '../platform/jobs/outbox.ts';
import { MAIL_TOPIC, type Mail } from '../platform/mail/mail.ts';
import type { Context } from '../platform/verb.ts';
import { companyById } from './company-store.ts';
import { invitationMail } from './mails.ts';

/** How long a link works, and in which language the mail is. */
const USUAL: { days: number; language: Language } = { days: 7, language: 'en' };

const replaceInvitation = statement({
  name: 'invitation.replace',
  text: `
    with dead as (delete from invitation i where i.company_id = $1 and i.account_id = $3)
    insert into invitation (company_id, token_hash, account_id, expires_at)
    values ($1, $2, $3, now() + make_interval(days => $4))`,
  parameters: ['int4', 'bytea', 'uuid', 'int4'],
});

const replaceMany = statement({
  name: 'invitation.replace-many',
  text: `
    with dead as (
      delete from invitation i using unnest($2::uuid[]) as d(id) where i.company_id = $1 and i.account_id = d.id)
    insert into invitation (company_id, token_hash, account_id, expires_at)
    select $1, decode(w.hash, 'hex'), w.id, now() + make_interval(days => $4)
    from unnest($2::uuid[], $3::text[]) as w(id, hash)`,
  parameters: ['int4', 'uuid[]', 'text[]', 'int4'],
});

interface Invited {
  id: string;
  email: string;
  firstName: string | null;
}

/** Writes the mail with a one-time link that lets the account set its password; earlier links die. */
export async function invite(
  ctx: Pick<Context<unknown>, 'sql' | 'afterCommit'>,
  companyId: number,
  account: Invited,
  publicUrl: string,
  { days, language } = USUAL,
): Promise<void> {
  const token = newToken(companyId);
  await ctx.sql.run(replaceInvitation, [companyId, invitationHash(token), account.id, days]);
  const company = await companyById(ctx.sql, companyId);
  const mail = mailTo(account, token, { company: company.name, publicUrl, days, language });
  enqueue(ctx, companyId, MAIL_TOPIC, mail);
}

/** The same for many accounts of a company; not more at once than may be composed without a pause. */
export async function inviteMany(
  ctx: Pick<Context<unknown>, 'sql' | 'afterCommit'>,
  company: { id: number; name: string },
  accounts: readonly Invited[],
  publicUrl: string,
  { days, language } = USUAL,
): Promise<void> {
  const tokens = accounts.map(() => newToken(company.id));
  const hashes = tokens.map((token) => invitationHash(token).toString('hex'));
  const about = { company: company.name, publicUrl, days, language };
  const mails = accounts.map((account, at) => mailTo(account, tokens[at]!, about));
  const ids = accounts.map(({ id }) => id);
  await Promise.all([
    ctx.sql.run(replaceMany, [company.id, ids, hashes, days]),
    enqueueMany(ctx, company.id, MAIL_TOPIC, mails),
  ]);
}

function newToken(companyId: number): string {
  return `${companyId}.${randomBytes(32).toString('base64url')}`;
}

function mailTo(
  { email, firstName }: Invited,
  token: string,
  about: { company: string; publicUrl: string; days: number; language: Language },
): Mail {
  const { company, publicUrl, days, language } = about;
  return invitationMail(
    { to: email, firstName, company, url: `${publicUrl}/invitation/${token}`, days },
    language,
  );
}

/** Only the digest of a link's token is kept. */
export function invitationHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
