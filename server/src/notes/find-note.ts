import type { Ctx } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import type { NoteRow } from './note.ts';
import { findNote, lockNote } from './note-store.ts';

/** The note a request names, held until the transaction ends where `held` says so; a 404 where the actor does not see it. */
export async function requireNote(
  { sql, actor }: Ctx,
  noteid: string,
  { held = false }: { held?: boolean } = {},
): Promise<NoteRow> {
  const note = isUuid(noteid) ? await (held ? lockNote : findNote)(sql, actor, noteid) : undefined;
  if (!note) throw notFound('note');
  return note;
}
