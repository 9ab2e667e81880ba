import type { BeforeContactGoes } from '../contacts/placements.ts';
import { removeNotesOfContact } from './note-store.ts';

/** The notes about a contact go with it. */
export const dropNotes: BeforeContactGoes = removeNotesOfContact;
