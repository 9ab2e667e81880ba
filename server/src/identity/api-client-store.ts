import { createHash } from 'node:crypto';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';

const CLIENT = { id: 'uuid', name: 'text', account_id: 'uuid', created_at: 'timestamptz' } as const;

const insert = statement({
  name: 'api-client.insert',
  text: `
    insert into api_client (company_id, id, account_id, name, secret_hash) values ($1, $2, $3, $4, $5)
    returning id, name, account_id, created_at`,
  parameters: ['int4', 'uuid', 'uuid', 'text', 'bytea'],
  row: CLIENT,
});

const page = statement({
  name: 'api-client.page',
  text: `
    select c.id, c.name, c.account_id, c.created_at from api_client c
    where c.company_id = $1 and ($2::uuid is null or c.account_id = $2)
    order by c.created_at, c.id limit $3 offset $4`,
  parameters: ['int4', 'uuid?', 'int4', 'int4'],
  row: CLIENT,
});

const count = statement({
  name: 'api-client.count',
  text: `
    select count(*) as total from api_client c
    where c.company_id = $1 and ($2::uuid is null or c.account_id = $2)`,
  parameters: ['int4', 'uuid?'],
  row: { total: 'int8' },
});

const byId = statement({
  name: 'api-client.by-id',
  text: `
    select c.id, c.name, c.account_id, c.created_at from api_client c
    where c.company_id = $1 and c.id = $2`,
  parameters: ['int4', 'uuid'],
  row: CLIENT,
});

const remove = statement({
  name: 'api-client.remove',
  text: 'delete from api_client c where c.company_id = $1 and c.id = $2 returning c.id',
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

const forExchange = statement({
  name: 'api-client.for-exchange',
  text: `
    select c.secret_hash, c.account_id, a.active, a.token_version
    from api_client c join account a on a.company_id = c.company_id and a.id = c.account_id
    where c.company_id = $1 and c.id = $2`,
  parameters: ['int4', 'uuid'],
  row: { secret_hash: 'bytea', account_id: 'uuid', active: 'bool', token_version: 'int4' },
});

export interface ApiClientRow {
  id: string;
  name: string;
  account_id: string;
  created_at: string;
}

export async function insertApiClient(
  sql: Sql,
  companyId: number,
  client: { id: string; name: string; userId: string; secret: string },
): Promise<ApiClientRow> {
  const [row] = await sql.run(insert, [
    companyId,
    client.id,
    client.userId,
    client.name,
    secretHash(client.secret),
  ]);
  return row!;
}

/** Oldest first; `only` narrows the list to one user's. */
export async function listApiClients(
  sql: Sql,
  companyId: number,
  { only, limit, offset }: { only: string | null; limit: number; offset: number },
): Promise<{ clients: ApiClientRow[]; totalCount: number }> {
  const [clients, [counted]] = await Promise.all([
    sql.run(page, [companyId, only, limit, offset]),
    sql.run(count, [companyId, only]),
  ]);
  return { clients, totalCount: counted!.total };
}

export async function findApiClient(
  sql: Sql,
  companyId: number,
  id: string,
): Promise<ApiClientRow | undefined> {
  return (await sql.run(byId, [companyId, id]))[0];
}

/** Whether there was one. Its tokens end with it. */
export async function removeApiClient(sql: Sql, companyId: number, id: string): Promise<boolean> {
  return (await sql.run(remove, [companyId, id])).length > 0;
}

export async function findApiClientForExchange(sql: Sql, companyId: number, id: string) {
  return (await sql.run(forExchange, [companyId, id]))[0];
}

/** A secret has 256 random bits: a plain digest keeps it. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
