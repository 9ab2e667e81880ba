import { randomBytes, randomUUID } from 'node:crypto';
import { audit } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { Problem } from '../platform/problem.ts';
import { findAccountByEmail, replacePassword } from './account-store.ts';
import { emailKey } from './email.ts';
import { hashPassword } from './passwords.ts';
import { clearFailures } from './sign-in-attempts.ts';

/**
 * For the operator: a new password for the account with this email. It ends the account's tokens, and what failed
 * sign-ins hold back. Generates the password when none is given, and answers it then. Throws a 400 about `password`,
 * a 404 for an unknown email.
 */
export async function resetPassword(
  sql: Sql,
  { email, password }: { email: string; password: string | undefined },
): Promise<{ userId: string; generatedPassword: string | undefined }> {
  const generatedPassword = password === undefined ? randomBytes(15).toString('base64url') : undefined;
  const hash = await hashPassword(password ?? generatedPassword!);
  const account = await findAccountByEmail(sql, email);
  if (!account) throw new Problem(404, `no account has the email ${email}`);
  const { company_id: companyId, account_id: userId } = account;
  await replacePassword(sql, companyId, userId, hash);
  await clearFailures(sql, emailKey(email));
  audit(
    { actor: { companyId }, sql, requestId: randomUUID(), address: '', afterCommit: () => {} },
    'user.reset-password',
    { kind: 'user', id: userId },
    ['password'],
  );
  return { userId, generatedPassword };
}
