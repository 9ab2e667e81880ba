import { type Row, type Sql, type Statement, statement } from '../platform/db/statement.ts';
import { parsedSlug } from './event-links.ts';
import type { EventStatus } from './event-types.ts';
import { type Address, addressLines } from './location.ts';
import type { PublicEvent } from './registration/registration.ts';

const COLUMNS = `
  e.id, e.name, e.description, e.status, e.location_type, e.location_url, e.location, e.timezone, e.start_at, e.end_at,
  e.deleted_at is not null as deleted, e.owner_id, c.name as company, e.check_in_slug, (
    select concat_ws(' ', a.first_name, a.last_name) from account a
    where a.company_id = $1 and a.id = e.owner_id) as owner_name`;
const FROM = 'from event e join company c on c.id = e.company_id where e.company_id = $1 and';
const ROW = {
  id: 'uuid',
  name: 'text',
  description: 'text?',
  status: 'text',
  location_type: 'text?',
  location_url: 'text?',
  location: 'jsonb',
  timezone: 'text',
  start_at: 'timestamptz',
  end_at: 'timestamptz?',
  deleted: 'bool',
  owner_id: 'uuid?',
  company: 'text',
  check_in_slug: 'text',
  owner_name: 'text?',
} as const;

const byRegistrationSlug = statement({
  name: 'public-event.by-registration-slug',
  text: `select ${COLUMNS} ${FROM} e.registration_slug = $2`,
  parameters: ['int4', 'text'],
  row: ROW,
});

const byCheckInSlug = statement({
  name: 'public-event.by-check-in-slug',
  text: `select ${COLUMNS} ${FROM} e.check_in_slug = $2`,
  parameters: ['int4', 'text'],
  row: ROW,
});

const byId = statement({
  name: 'public-event.by-id',
  text: `select ${COLUMNS} ${FROM} e.id = $2`,
  parameters: ['int4', 'uuid'],
  row: ROW,
});

/** An event behind a public page, in whatever state, with what of it may be shown. */
export interface LinkedEvent {
  companyId: number;
  id: string;
  status: EventStatus;
  deleted: boolean;
  /** Whose it is. */
  owner: { id: string; name: string } | undefined;
  checkInSlug: string;
  /** Where to join online: for those who registered. */
  joinLink: string | undefined;
  shown: PublicEvent;
}

type BySlug = Statement<readonly ['int4', 'text'], typeof ROW>;
const found = (statement: BySlug) => async (sql: Sql, text: string) => {
  const parsed = parsedSlug(text);
  if (!parsed) return undefined;
  const [row] = await sql.run(statement, [parsed.companyId, parsed.slug]);
  return row && linkedEvent(parsed.companyId, row);
};

/**
 * The event of a registration link. It is not held: whoever cancels it would wait for as long as others register, and
 * what registers meanwhile has come before.
 */
export const findByRegistration = found(byRegistrationSlug);

/** The same by a check-in link. */
export const findByCheckIn = found(byCheckInSlug);

export async function findLinkedEvent(
  sql: Sql,
  companyId: number,
  id: string,
): Promise<LinkedEvent | undefined> {
  const [row] = await sql.run(byId, [companyId, id]);
  return row && linkedEvent(companyId, row);
}

function linkedEvent(companyId: number, row: Row<typeof ROW>): LinkedEvent {
  return {
    companyId,
    id: row.id,
    status: row.status as EventStatus,
    deleted: row.deleted,
    owner: row.owner_id === null ? undefined : { id: row.owner_id, name: row.owner_name ?? '' },
    checkInSlug: row.check_in_slug,
    joinLink: row.location_url ?? undefined,
    shown: {
      id: row.id,
      company: row.company,
      name: row.name,
      ...(row.description === null ? {} : { description: row.description }),
      startAt: row.start_at,
      ...(row.end_at === null ? {} : { endAt: row.end_at }),
      timezone: row.timezone,
      place: row.location_type === 'virtual' ? [] : addressLines(row.location as Address),
      online: row.location_type === 'virtual' || row.location_type === 'virtual_physical',
    },
  };
}
