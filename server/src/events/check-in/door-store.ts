import { PRESENT } from '../../contacts/presence.ts';
import { folded } from '../../platform/db/folded.ts';
import { type Row, type Sql, statement } from '../../platform/db/statement.ts';
import type { Counts, Registrant } from './door.ts';

const SHOWN = 50;
/** Of what is looked for. */
const MOST_WORDS = 8;
// Of whoever registered, what they said then, and nothing that the contact holds besides.
const NAME = `coalesce(t.given_name, c.wire ->> 'fullName', '')`;
const EMAIL = `case when t.given_name is null then c.wire ->> 'primaryEmail' else t.given_email end`;
const REGISTRANT = `t.contact_id, ${NAME} as name, ${EMAIL} as email, t.attended_at`;
const ROW = { contact_id: 'uuid', name: 'text', email: 'text?', attended_at: 'timestamptz?' } as const;
const HERE = `t.status in ('registered', 'attended')`;

const counts = statement({
  name: 'door.counts',
  text: `
    select count(*) as registered, count(*) filter (where t.status = 'attended') as attended
    from event_attendee t where t.company_id = $1 and t.event_id = $2 and ${HERE}`,
  parameters: ['int4', 'uuid'],
  row: { registered: 'int8', attended: 'int8' },
});

// Every word of what is looked for is somewhere in what was typed, or in the name of a contact that was put there.
const search = statement({
  name: 'door.search',
  text: `
    with asked as materialized (
      select distinct w.word from unnest(string_to_array(${folded('$3::text')}, ' ')) as w(word)
      where w.word <> '' limit ${MOST_WORDS}),
    here as materialized (
      select ${REGISTRANT}, coalesce(t.given_words, ${folded("c.wire ->> 'fullName'")}, '') as words
      from event_attendee t join contact c on c.company_id = $1 and c.id = t.contact_id
      where t.company_id = $1 and t.event_id = $2 and ${HERE} and ${PRESENT})
    select h.contact_id, h.name, h.email, h.attended_at from here h
    where not exists (select from asked a where position(a.word in h.words) = 0)
    order by h.words, h.contact_id limit ${SHOWN + 1}`,
  parameters: ['int4', 'uuid', 'text'],
  row: ROW,
  scan: true,
});

const one = statement({
  name: 'door.registrant',
  text: `
    select ${REGISTRANT}
    from event_attendee t join contact c on c.company_id = $1 and c.id = t.contact_id
    where t.company_id = $1 and t.event_id = $2 and t.contact_id = $3 and ${HERE} and ${PRESENT}`,
  parameters: ['int4', 'uuid', 'uuid'],
  row: ROW,
});

const hold = statement({
  name: 'door.hold-registrant',
  text: `
    select t.contact_id from event_attendee t
    where t.company_id = $1 and t.event_id = $2 and t.contact_id = $3 and ${HERE} for update`,
  parameters: ['int4', 'uuid', 'uuid'],
  row: { contact_id: 'uuid' },
});

/** Whoever registered, be it that their contact is deleted by now. */
export async function countAttendees(sql: Sql, companyId: number, eventId: string): Promise<Counts> {
  return (await sql.run(counts, [companyId, eventId]))[0]!;
}

/** Registrants by name, in whose names or email every word occurs, and whether there are more than are answered. */
export async function findRegistrants(
  sql: Sql,
  companyId: number,
  eventId: string,
  words: string,
): Promise<{ registrants: Registrant[]; more: boolean }> {
  const rows = await sql.run(search, [companyId, eventId, words]);
  return { registrants: rows.slice(0, SHOWN).map(registrantOf), more: rows.length > SHOWN };
}

export async function findRegistrant(
  sql: Sql,
  companyId: number,
  eventId: string,
  contactId: string,
): Promise<Registrant | undefined> {
  return (await sql.run(one, [companyId, eventId, contactId])).map(registrantOf)[0];
}

/** The same, for this transaction alone: of two who check in one at the same time, the second finds it done. */
export async function holdRegistrant(
  sql: Sql,
  companyId: number,
  eventId: string,
  contactId: string,
): Promise<Registrant | undefined> {
  const [, found] = await Promise.all([
    sql.run(hold, [companyId, eventId, contactId]),
    findRegistrant(sql, companyId, eventId, contactId),
  ]);
  return found;
}

function registrantOf({ contact_id, name, email, attended_at }: Row<typeof ROW>): Registrant {
  const hint = email === null ? undefined : emailHint(email);
  return {
    contactId: contact_id,
    name: name || hint || '?',
    ...(hint === undefined ? {} : { email: hint }),
    ...(attended_at === null ? {} : { attendedAt: attended_at }),
  };
}

/** Its first letter and the domain. */
function emailHint(email: string): string {
  const at = email.lastIndexOf('@');
  return `${Array.from(email)[0]}…${email.slice(at)}`;
}
