import { type Sql, statement } from '../platform/db/statement.ts';

const named = statement({
  name: 'company.named',
  text: 'select c.id, c.identifier, c.name, c.timezone from company c where c.id = $1',
  parameters: ['int4'],
  row: { id: 'int4', identifier: 'text', name: 'text', timezone: 'text' },
  scope: 'server',
});

export interface Company {
  id: number;
  identifier: string;
  name: string;
  timezone: string;
}

/** A company that is there. */
export async function companyNamed(sql: Sql, companyId: number): Promise<Company> {
  return (await sql.run(named, [companyId]))[0]!;
}
