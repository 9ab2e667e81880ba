import { ContactParams } from '../../contacts/http/schemas.ts';
import { Success } from '../../identity/http/schemas.ts';
import { type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { createNote } from '../create-note.ts';
import { deleteNote } from '../delete-note.ts';
import { listContactNotes } from '../list-contact-notes.ts';
import { listNotes } from '../list-notes.ts';
import { readNote } from '../read-note.ts';
import { updateNote } from '../update-note.ts';
import {
  ContactNotes,
  ContactNotesQuery,
  NewNote,
  Note,
  NoteChange,
  NoteParams,
  Notes,
  NotesQuery,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const oneNote = { ...errors, 404: 'No such note, or its contact is not for this user' } as const;

export const noteRoutes: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/v1/note',
    permission: 'contacts.write',
    operationId: 'createNote',
    tag: 'notes',
    summary: 'Add a note to a contact',
    body: NewNote,
    responses: { 200: Note, ...errors, 403: 'The roles do not include writing this contact' },
    verb: createNote,
    input: ({ body }) => body,
    answer: (note) => ({ status: 200, body: note, headers: { location: `/v1/note/${note.id}` } }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/note/{noteid}',
    permission: 'signed-in',
    operationId: 'getNote',
    tag: 'notes',
    summary: 'Read a note',
    params: NoteParams,
    responses: { 200: Note, ...oneNote },
    verb: readNote,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/note/{noteid}',
    permission: 'contacts.write',
    operationId: 'updateNote',
    tag: 'notes',
    summary: 'Change a note',
    description: 'For its author and for super admins.',
    params: NoteParams,
    body: NoteChange,
    responses: { 200: Note, ...oneNote, 403: 'Neither its author nor a super admin' },
    verb: updateNote,
    input: ({ params, body }) => ({ noteid: params.noteid, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/note/{noteid}',
    permission: 'contacts.write',
    operationId: 'deleteNote',
    tag: 'notes',
    summary: 'Delete a note',
    description: 'For its author and for whoever may delete contacts.',
    params: NoteParams,
    responses: { 200: Success, ...oneNote, 403: 'Neither its author nor allowed to delete contacts' },
    verb: deleteNote,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the note was deleted' }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/notes',
    permission: 'signed-in',
    operationId: 'listNotes',
    tag: 'notes',
    summary: 'List the notes about all contacts, oldest first',
    description:
      'Windows of time that adjoin, each `before` the next `after`, neither lose nor repeat a note.',
    query: NotesQuery,
    responses: { 200: Notes, ...errors },
    verb: listNotes,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'GET',
    path: '/v1/contact/{contactid}/notes',
    permission: 'signed-in',
    operationId: 'listContactNotes',
    tag: 'notes',
    summary: 'List the notes about a contact, the latest date first',
    params: ContactParams,
    query: ContactNotesQuery,
    responses: { 200: ContactNotes, ...errors, 404: 'No such contact, or not for this user' },
    verb: listContactNotes,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ok,
  }),
];
