import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { companyIdOf } from './company-id.ts';
import { invitationHash } from './invite.ts';

const SELECT = `
  select i.account_id, a.email, c.name as company
  from invitation i
  join account a on a.company_id = i.company_id and a.id = i.account_id
  join company c on c.id = i.company_id
  where i.company_id = $1 and i.token_hash = $2 and i.expires_at > now() and a.active`;
const ROW = { account_id: 'uuid', email: 'text', company: 'text' } as const;

const open = statement({
  name: 'invitation.open',
  text: SELECT,
  parameters: ['int4', 'bytea'],
  row: ROW,
});

const lock = statement({
  name: 'invitation.lock',
  text: `${SELECT} for update of i`,
  parameters: ['int4', 'bytea'],
  row: ROW,
});

const ofAccount = statement({
  name: 'invitation.of-account',
  text: 'select i.account_id from invitation i where i.company_id = $1 and i.account_id = $2 limit 1',
  parameters: ['int4', 'uuid'],
  row: { account_id: 'uuid' },
});

/** Whether a link is on its way that was not used yet, be it too old or not. */
export async function hasInvitation(sql: Sql, companyId: number, accountId: string): Promise<boolean> {
  return (await sql.run(ofAccount, [companyId, accountId])).length > 0;
}

export interface Invitation {
  companyId: number;
  accountId: string;
  email: string;
  /** The company's name. */
  company: string;
}

/** The invitation a link leads to; undefined for a link that is unknown, used or too old. */
export const findInvitation = (sql: Sql, token: string) => byToken(sql, token, open);

/** The same, for this transaction alone: of two at the same moment the second finds a used one. */
export const lockInvitation = (sql: Sql, token: string) => byToken(sql, token, lock);

/** The company that a link says it is of; undefined for what is no link. */
export function companyOfLink(token: string): number | undefined {
  return companyIdOf(/^(\d+)\.[\w-]+$/.exec(token)?.[1]);
}

async function byToken(
  sql: Sql,
  token: string,
  statement: typeof open | typeof lock,
): Promise<Invitation | undefined> {
  const companyId = companyOfLink(token);
  if (companyId === undefined) return undefined;
  const [row] = await sql.run(statement, [companyId, invitationHash(token)]);
  return row && { companyId, accountId: row.account_id, email: row.email, company: row.company };
}
