import { LISTED, PRESENT } from '../contacts/presence.ts';
import { VISIBILITY, visibilityOf, visible } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { STAGES } from './counts-sql.ts';
import type { StandingRow } from './standing-store.ts';
import type { Stage } from './vacancy.ts';

const FOUND = `
      select v.company_id, v.id from vacancy v where v.company_id = $1 and (v.id = $9 or v.hash_id = $10)`;

const page = statement({
  name: 'vacancy.contacts',
  text: `
    with found as (${FOUND}),
    on_it as (
      select vc.contact_id, vc.added_at from vacancy_contact vc
      join contact c on c.company_id = vc.company_id and c.id = vc.contact_id
      where vc.company_id = $1 and vc.vacancy_id = (select f.id from found f) and ${LISTED} and ${visible(2)}
        and ($11::text is null or vc.stage_id = $11))
    select
      (select ${STAGES} from vacancy v join found f on f.company_id = v.company_id and f.id = v.id
        where v.company_id = $1) as stages,
      (select count(*) from on_it) as total,
      coalesce((
        select jsonb_agg(p) from (
          select vc.*, c.wire ->> 'fullName' as full_name, c.wire ->> 'primaryEmail' as primary_email
          from (select * from on_it o order by o.added_at, o.contact_id limit $12 offset $13) o
          join vacancy_contact vc on vc.company_id = $1 and vc.vacancy_id = (select f.id from found f)
            and vc.contact_id = o.contact_id
          join contact c on c.company_id = vc.company_id and c.id = vc.contact_id
          order by o.added_at, o.contact_id) p), '[]') as contacts`,
  parameters: ['int4', ...VISIBILITY, 'uuid?', 'text', 'text?', 'int4', 'int4'],
  row: { stages: 'jsonb?', total: 'int8', contacts: 'jsonb' },
  scan: true,
});

const history = statement({
  name: 'vacancy.history',
  text: `
    with found as (${FOUND}),
    told as (
      select m.id, m.at from vacancy_move m
      join contact c on c.company_id = m.company_id and c.id = m.contact_id
      where m.company_id = $1 and m.vacancy_id = (select f.id from found f)
        and ${PRESENT} and ${visible(2)}
        and ($11::uuid is null or m.contact_id = $11))
    select exists (select from found) as there,
      (select count(*) from told) as total,
      coalesce((
        select jsonb_agg(p) from (
          select m.*, c.wire ->> 'fullName' as full_name
          from (select * from told t order by t.at, t.id limit $12 offset $13) t
          join vacancy_move m on m.company_id = $1 and m.id = t.id
          join contact c on c.company_id = m.company_id and c.id = m.contact_id
          order by t.at, t.id) p), '[]') as moves`,
  parameters: ['int4', ...VISIBILITY, 'uuid?', 'text', 'uuid?', 'int4', 'int4'],
  row: { there: 'bool', total: 'int8', moves: 'jsonb' },
  scan: true,
});

export interface VacancyName {
  /** Undefined where the name cannot be an id. */
  id: string | undefined;
  hashId: string;
}

interface Range {
  skip: number;
  limit: number;
}

export interface ContactRow extends StandingRow {
  contact_id: string;
  full_name: string | null;
  primary_email: string | null;
}

export interface MoveRow {
  id: string;
  contact_id: string;
  full_name: string | null;
  kind: string;
  at: string;
  actor_id: string | null;
  from_id: string | null;
  from_value: string | null;
  to_id: string | null;
  to_value: string | null;
  rejection_id: string | null;
  rejection_value: string | null;
}

/** Who is on a vacancy, as far as the actor sees them, with its stages; undefined where there is none. One round trip. */
export async function listContactsOn(
  sql: Sql,
  actor: Actor,
  { id, hashId }: VacancyName,
  { stage, skip, limit }: Range & { stage: string | undefined },
): Promise<{ stages: Stage[]; total: number; contacts: ContactRow[] } | undefined> {
  const [row] = await sql.run(page, [
    actor.companyId,
    ...visibilityOf(actor),
    id ?? null,
    hashId,
    stage ?? null,
    limit,
    skip,
  ]);
  if (!row!.stages) return undefined;
  return { stages: row!.stages as Stage[], total: row!.total, contacts: row!.contacts as ContactRow[] };
}

/** What happened to the contacts that the actor sees, oldest first; undefined where there is no such vacancy. One round trip. */
export async function listMoves(
  sql: Sql,
  actor: Actor,
  { id, hashId }: VacancyName,
  { contactId, skip, limit }: Range & { contactId: string | undefined },
): Promise<{ total: number; moves: MoveRow[] } | undefined> {
  const [row] = await sql.run(history, [
    actor.companyId,
    ...visibilityOf(actor),
    id ?? null,
    hashId,
    contactId ?? null,
    limit,
    skip,
  ]);
  return row!.there ? { total: row!.total, moves: row!.moves as MoveRow[] } : undefined;
}
