import { Type } from 'typebox';
import { id, moment, named, readOnly, text } from '../../platform/http/schema.ts';

const opt = Type.Optional;
const words = () => text(20_000, { minLength: 1 });
const when = () =>
  Type.String({ ...moment(), description: 'What the note is about; one to come pins it to the top.' });
const answered = {
  id: opt(readOnly(id())),
  createdBy: opt(readOnly(id())),
  createdAt: opt(readOnly(moment())),
  updatedAt: opt(readOnly(moment())),
};

export const NewNote = named(
  'NewNote',
  Type.Object({ ...answered, contactId: id(), text: words(), date: opt(when()) }),
);

export const NoteChange = named(
  'NoteChange',
  Type.Object({ ...answered, contactId: opt(readOnly(id())), text: opt(words()), date: opt(when()) }),
);

export const Note = named(
  'Note',
  Type.Object({
    id: id(),
    contactId: id(),
    text: Type.String(),
    date: moment(),
    createdBy: opt(Type.String({ description: 'The author; left out once that user is deleted.' })),
    createdAt: moment(),
    updatedAt: moment(),
  }),
);

export const Notes = named('Notes', Type.Object({ notes: Type.Array(Note), totalCount: Type.Integer() }));

export const ContactNotes = named(
  'ContactNotes',
  Type.Object({ metadata: Type.Object({ totalCount: Type.Integer() }), notes: Type.Array(Note) }),
);

export const NotesQuery = Type.Object({
  after: opt(Type.String({ ...moment(), description: 'Made at this moment or later.' })),
  before: opt(Type.String({ ...moment(), description: 'Made before this moment.' })),
  contactId: opt(id()),
  limit: Type.Integer({ minimum: 0, maximum: 500, default: 500 }),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});

export const ContactNotesQuery = Type.Object({
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 50 }),
  skip: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
});

export const NoteParams = Type.Object({ noteid: id() });
