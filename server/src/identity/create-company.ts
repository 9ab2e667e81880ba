import { randomBytes, randomUUID } from 'node:crypto';
import { COMPANY_IDENTIFIER } from '../config.ts';
import { audit } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { conflict, invalid } from '../platform/problem.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { findAccountByEmail, insertAccount } from './account-store.ts';
import { insertCompany, insertOwner } from './company-store.ts';
import { emailTaken } from './create-user.ts';
import { hashPassword } from './passwords.ts';
import { insertUser } from './user-store.ts';

/** What other features put into a company when it begins. */
export type NewCompany = (sql: Sql, companyId: number) => Promise<void>;

/**
 * For the operator: a company with one account that is its super admin and its owner. Generates the password when
 * none is given, and answers it then. Throws 400 and 409 problems about `identifier`, `email`, `password`.
 */
export async function createCompany(
  sql: Sql,
  input: { identifier: string; email: string; password: string | undefined },
  begin: readonly NewCompany[],
): Promise<{ companyId: number; userId: string; generatedPassword: string | undefined }> {
  if (!COMPANY_IDENTIFIER.test(input.identifier)) {
    throw invalid('identifier', 'must be 2 to 63 lower-case letters, digits and inner hyphens');
  }
  const generatedPassword = input.password === undefined ? randomBytes(15).toString('base64url') : undefined;
  const passwordHash = await hashPassword(input.password ?? generatedPassword!);
  if (await findAccountByEmail(sql, input.email)) throw emailTaken();
  const companyId = await insertCompany(sql, input.identifier);
  if (companyId === undefined) throw conflict(`identifier: ${input.identifier} is taken`);
  const userId = uuidv7();
  const user = {
    id: userId,
    email: input.email,
    first_name: null,
    last_name: null,
    position: null,
    allow_sso: false,
    from_emails: [],
    integrations: {},
  };
  await insertAccount(sql, companyId, { ...user, passwordHash });
  await insertUser(sql, companyId, user, ['super_admin']);
  await insertOwner(sql, companyId, user);
  for (const beginning of begin) await beginning(sql, companyId);
  audit(
    { actor: { companyId }, sql, requestId: randomUUID(), address: '', afterCommit: () => {} },
    'company.create',
    { kind: 'company', id: String(companyId) },
  );
  return { companyId, userId, generatedPassword };
}
