import { type Sql, statement } from '../platform/db/statement.ts';

const byName = statement({
  name: 'customer.credentials',
  text: `
    select c.company_id, c.account_id, a.email, a.password_hash, a.active, a.token_version
    from company k join customer c on c.company_id = k.id join account a on a.company_id = k.id and a.id = c.account_id
    where k.identifier = $1 and (
      lower(c.username) = lower($2) or exists (
        select from account_email e where e.email_key = lower($2) and e.company_id = k.id and e.account_id = c.account_id))
    order by lower(c.username) = lower($2) desc limit 1`,
  parameters: ['text', 'text'],
  row: {
    company_id: 'int4',
    account_id: 'uuid',
    email: 'text',
    password_hash: 'text?',
    active: 'bool',
    token_version: 'int4',
  },
  scope: 'server',
});

export interface FoundCredentials {
  companyId: number;
  accountId: string;
  email: string;
  passwordHash: string | null;
  active: boolean;
  tokenVersion: number;
}

/** The customer of a company, by its identifier, with a username or, where no one has it, an email. */
export async function findCredentials(
  sql: Sql,
  company: string,
  name: string,
): Promise<FoundCredentials | undefined> {
  const [row] = await sql.run(byName, [company, name]);
  return (
    row && {
      companyId: row.company_id,
      accountId: row.account_id,
      email: row.email,
      passwordHash: row.password_hash,
      active: row.active,
      tokenVersion: row.token_version,
    }
  );
}
