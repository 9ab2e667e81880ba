import type { NewCompany } from '../../identity/create-company.ts';
import { statement } from '../../platform/db/statement.ts';
import { uuidv7 } from '../../platform/uuid.ts';

const FIRST = ['Lead', 'Outreach Made', 'Passive', 'Engaged'];

// A millisecond between them, so that a list by age keeps their order.
const insertAll = statement({
  name: 'contact_status.insert-all',
  text: `
    insert into contact_status (company_id, id, value, created_at)
    select $1, s.id, s.value, now() - (cardinality($3::text[]) - s.place) * interval '1 millisecond'
    from unnest($2::uuid[], $3::text[]) with ordinality as s(id, value, place)`,
  parameters: ['int4', 'uuid[]', 'text[]'],
});

/** The statuses that a company begins with. */
export const firstStatuses: NewCompany = async (sql, companyId) => {
  await sql.run(insertAll, [companyId, FIRST.map(() => uuidv7()), FIRST]);
};
