import { PRESENT } from '../contacts/presence.ts';
import { VISIBILITY, visibilityOf, visible } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import { CLOCK, justAfter } from '../platform/db/clock.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { NOTE, type NoteRow } from './note.ts';

export const COLUMNS = 'n.id, n.contact_id, n.author_id, n.text, n.date, n.created_at, n.updated_at';
/** Whether the contact `c` is there for the actor, from the parameters of VISIBILITY that begin at $2. */
export const SEEN = `${PRESENT} and ${visible(2)}`;

const seenNote = `
    select ${COLUMNS} from note n join contact c on c.company_id = n.company_id and c.id = n.contact_id
    where n.company_id = $1 and n.id = $9 and ${SEEN}`;

const byId = statement({
  name: 'note.by-id',
  text: seenNote,
  parameters: ['int4', ...VISIBILITY, 'uuid'],
  row: NOTE,
});

const lock = statement({
  name: 'note.lock',
  text: `${seenNote} for update of n`,
  parameters: ['int4', ...VISIBILITY, 'uuid'],
  row: NOTE,
});

const holdContact = statement({
  name: 'note.hold-contact',
  text: `
    select c.assigned_to, c.sourced_by from contact c
    where c.company_id = $1 and c.id = $9 and ${SEEN} for key share of c`,
  parameters: ['int4', ...VISIBILITY, 'uuid'],
  row: { assigned_to: 'uuid?', sourced_by: 'uuid?' },
});

const holdAuthor = statement({
  name: 'note.hold-author',
  text: 'select u.account_id from crm_user u where u.company_id = $1 and u.account_id = $2 for key share',
  parameters: ['int4', 'uuid'],
  row: { account_id: 'uuid' },
});

const insert = statement({
  name: 'note.insert',
  text: `
    insert into note as n (company_id, id, contact_id, author_id, text, date, created_at, updated_at)
    select $1, $2, $3, $4, $5, coalesce($6, w.now), w.now, w.now from clock_timestamp() as w(now)
    returning ${COLUMNS}`,
  parameters: ['int4', 'uuid', 'uuid', 'uuid?', 'text', 'timestamptz?'],
  row: NOTE,
});

// Two changes within one millisecond have a time each.
const update = statement({
  name: 'note.update',
  text: `
    with ${CLOCK}
    update note n set text = $3, date = $4, updated_at = greatest(clock.now, ${justAfter('n.updated_at')})
    from clock where n.company_id = $1 and n.id = $2
    returning ${COLUMNS}`,
  parameters: ['int4', 'uuid', 'text', 'timestamptz'],
  row: NOTE,
});

const remove = statement({
  name: 'note.remove',
  text: 'delete from note n where n.company_id = $1 and n.id = $2',
  parameters: ['int4', 'uuid'],
});

const removeOfContact = statement({
  name: 'note.remove-of-contact',
  text: 'delete from note n where n.company_id = $1 and n.contact_id = $2',
  parameters: ['int4', 'uuid'],
});

/** Undefined for one that is not there, or whose contact the actor does not see. */
export async function findNote(sql: Sql, actor: Actor, id: string): Promise<NoteRow | undefined> {
  return (await sql.run(byId, [actor.companyId, ...visibilityOf(actor), id]))[0];
}

/** The same, held until the transaction ends. */
export async function lockNote(sql: Sql, actor: Actor, id: string): Promise<NoteRow | undefined> {
  return (await sql.run(lock, [actor.companyId, ...visibilityOf(actor), id]))[0];
}

/** Keeps a contact that the actor sees from being deleted or anonymised until the transaction ends. */
export async function holdSeenContact(sql: Sql, actor: Actor, id: string) {
  return (await sql.run(holdContact, [actor.companyId, ...visibilityOf(actor), id]))[0];
}

/** The actor's id, held until the transaction ends; null where its user was deleted a moment ago. */
export async function holdActor(sql: Sql, { companyId, userId }: Actor): Promise<string | null> {
  return (await sql.run(holdAuthor, [companyId, userId]))[0]?.account_id ?? null;
}

export interface NewNoteRow {
  id: string;
  contactId: string;
  authorId: string | null;
  text: string;
  /** Null = now. */
  date: string | null;
}

export async function insertNote(sql: Sql, companyId: number, note: NewNoteRow): Promise<NoteRow> {
  const { id, contactId, authorId, text, date } = note;
  return (await sql.run(insert, [companyId, id, contactId, authorId, text, date]))[0]!;
}

export async function storeNote(
  sql: Sql,
  companyId: number,
  note: Pick<NoteRow, 'id' | 'text' | 'date'>,
): Promise<NoteRow> {
  return (await sql.run(update, [companyId, note.id, note.text, note.date]))[0]!;
}

export async function removeNote(sql: Sql, companyId: number, id: string): Promise<void> {
  await sql.run(remove, [companyId, id]);
}

export async function removeNotesOfContact(sql: Sql, companyId: number, contactId: string): Promise<void> {
  await sql.run(removeOfContact, [companyId, contactId]);
}
