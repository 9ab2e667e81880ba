import { VISIBILITY, visibilityOf } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import type { Row, Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import type { NOTE, NoteRow } from './note.ts';
import { COLUMNS, SEEN } from './note-store.ts';

/** A row of a page with the count of all; an empty page is one row without a note. */
const COUNTED = {
  total: 'int8',
  id: 'uuid?',
  contact_id: 'uuid?',
  author_id: 'uuid?',
  text: 'text?',
  date: 'timestamptz?',
  created_at: 'timestamptz?',
  updated_at: 'timestamptz?',
} as const satisfies { [K in keyof typeof NOTE]: string } & { total: string };

// Which contacts the actor sees costs the most: it is asked once a note, for the count and the page together.
const windowed = (narrower: string) => `
    with matching as materialized (
      select n.id, n.created_at from note n join contact c on c.company_id = n.company_id and c.id = n.contact_id
      where n.company_id = $1 and n.created_at >= $9 and n.created_at < $10 ${narrower} and ${SEEN}),
    page as (select m.id from matching m order by m.created_at, m.id limit $11 offset $12)
    select t.total, ${COLUMNS} from (select count(*) as total from matching) t
    left join page p on true left join note n on n.company_id = $1 and n.id = p.id
    order by n.created_at, n.id`;
const WINDOW = ['int4', ...VISIBILITY, 'timestamptz', 'timestamptz', 'int4', 'int4'] as const;

const page = statement({
  name: 'note.page',
  text: windowed(''),
  parameters: WINDOW,
  row: COUNTED,
  scan: true,
});

const narrowPage = statement({
  name: 'note.page-about-contact',
  text: windowed('and n.contact_id = $13'),
  parameters: [...WINDOW, 'uuid'],
  row: COUNTED,
  scan: true,
});

const pageOfContact = statement({
  name: 'note.page-of-contact',
  text: `
    with seen as (select c.id from contact c where c.company_id = $1 and c.id = $9 and ${SEEN})
    select (select count(*) from note n where n.company_id = $1 and n.contact_id = $9) as total, p.*
    from seen s left join (
      select ${COLUMNS} from note n where n.company_id = $1 and n.contact_id = $9
      order by n.date desc, n.id desc limit $10 offset $11) p on true
    order by p.date desc, p.id desc`,
  parameters: ['int4', ...VISIBILITY, 'uuid', 'int4', 'int4'],
  row: COUNTED,
  scan: true,
});

export interface NotesPage {
  notes: NoteRow[];
  totalCount: number;
}

/** Notes made at or after `after` and before `before`, oldest first. One round trip. */
export async function listNotes(
  sql: Sql,
  actor: Actor,
  { after, before, contactId }: { after?: string; before?: string; contactId?: string },
  { limit, offset }: { limit: number; offset: number },
): Promise<NotesPage> {
  const values = [
    actor.companyId,
    ...visibilityOf(actor),
    after ?? '-infinity',
    before ?? 'infinity',
    limit,
    offset,
  ] as const;
  const rows =
    contactId === undefined ? await sql.run(page, values) : await sql.run(narrowPage, [...values, contactId]);
  return counted(rows)!;
}

/** The latest `date` first; undefined for a contact that the actor does not see. One round trip. */
export async function listNotesOfContact(
  sql: Sql,
  actor: Actor,
  contactId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<NotesPage | undefined> {
  return counted(
    await sql.run(pageOfContact, [actor.companyId, ...visibilityOf(actor), contactId, limit, offset]),
  );
}

function counted(rows: Row<typeof COUNTED>[]): NotesPage | undefined {
  if (rows.length === 0) return undefined;
  const notes = rows.filter(({ id }) => id !== null) as NoteRow[];
  return { notes, totalCount: rows[0]!.total };
}
