import { PRESENT } from '../contacts/presence.ts';
import { VISIBILITY, visibilityOf, visible } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import { holds } from '../platform/db/folded.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { countsOf, STAGES } from './counts-sql.ts';
import type { StandingRow } from './standing-store.ts';
import type { Counts, Details, Stage } from './vacancy.ts';

const ofContact = statement({
  name: 'vacancy.of-contact',
  text: `
    with seen as (
      select c.id from contact c
      where c.company_id = $1 and c.id = $9 and ${PRESENT} and ${visible(2)}),
    his as (
      select vc.vacancy_id, vc.added_at from vacancy_contact vc
      join vacancy v on v.company_id = vc.company_id and v.id = vc.vacancy_id
      where vc.company_id = $1 and vc.contact_id = (select s.id from seen s) and ($10::text is null or ${holds('v.title', '$10::text')}))
    select exists (select from seen) as seen,
      (select count(*) from his) as total,
      coalesce((
        select jsonb_agg(p) from (
          select v.id, v.hash_id, v.title, v.details, v.integrations, ${STAGES} as stages, ${countsOf(2)} as counts,
            vc.stage_id, vc.stage_at, vc.added_at, vc.priority, vc.rejection_id, vc.rejection_value, vc.rejected_at
          from (select * from his h order by h.added_at, h.vacancy_id limit $11 offset $12) h
          join vacancy v on v.company_id = $1 and v.id = h.vacancy_id
          join vacancy_contact vc on vc.company_id = v.company_id and vc.vacancy_id = v.id and vc.contact_id = $9
          order by h.added_at, h.vacancy_id) p), '[]') as vacancies`,
  parameters: ['int4', ...VISIBILITY, 'uuid', 'text?', 'int4', 'int4'],
  row: { seen: 'bool', total: 'int8', vacancies: 'jsonb' },
  scan: true,
});

/** A vacancy with where the contact is on it. */
export interface ContactVacancyRow extends StandingRow {
  id: string;
  hash_id: string;
  title: string;
  details: Details;
  integrations: object;
  stages: Stage[];
  counts: Counts;
}

/** The vacancies that a contact is on, by when it came; undefined for a contact that the actor does not see. One round trip. */
export async function listVacanciesOf(
  sql: Sql,
  actor: Actor,
  contactId: string,
  { queryString, skip, limit }: { queryString: string | undefined; skip: number; limit: number },
): Promise<{ total: number; vacancies: ContactVacancyRow[] } | undefined> {
  const [row] = await sql.run(ofContact, [
    actor.companyId,
    ...visibilityOf(actor),
    contactId,
    queryString ?? null,
    limit,
    skip,
  ]);
  return row!.seen ? { total: row!.total, vacancies: row!.vacancies as ContactVacancyRow[] } : undefined;
}
