import { randomUUID } from 'node:crypto';
import { audit } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { forbidden, Problem } from '../platform/problem.ts';
import { findAccountByEmail } from './account-store.ts';
import type { Tokens } from './tokens.ts';

/**
 * For the operator: a token of the user with this email, good for so many seconds. It ends as one from a sign-in does.
 * Throws a 404 for an unknown email, a 403 for an account that could not sign in either.
 */
export async function issueToken(
  sql: Sql,
  tokens: Tokens,
  { email, lifetime }: { email: string; lifetime: number },
): Promise<{ userId: string; token: string }> {
  const account = await findAccountByEmail(sql, email);
  if (!account) throw new Problem(404, `no account has the email ${email}`);
  if (!account.active) throw forbidden(`the account ${email} is inactive`);
  if (account.allow_sso === null) throw forbidden(`the account ${email} has no access to the CRM`);
  const { company_id: companyId, account_id: userId } = account;
  audit(
    { actor: { companyId }, sql, requestId: randomUUID(), address: '', afterCommit: () => {} },
    'token.issue',
    { kind: 'user', id: userId },
  );
  const token = tokens.issue({ sub: userId, company: companyId, ver: account.token_version }, lifetime);
  return { userId, token };
}
