import type { Row } from '../platform/db/statement.ts';

/** A note as statements answer it. */
export const NOTE = {
  id: 'uuid',
  contact_id: 'uuid',
  author_id: 'uuid?',
  text: 'text',
  date: 'timestamptz',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;
export type NoteRow = Row<typeof NOTE>;

export interface Note {
  id: string;
  contactId: string;
  text: string;
  date: string;
  createdBy?: string;
  createdAt: string;
  updatedAt: string;
}

/** As the API answers it: without `createdBy` once the author is deleted. */
export function noteOf(row: NoteRow): Note {
  return {
    id: row.id,
    contactId: row.contact_id,
    text: row.text,
    date: row.date,
    ...(row.author_id === null ? {} : { createdBy: row.author_id }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
