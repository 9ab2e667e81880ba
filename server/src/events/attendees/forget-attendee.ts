import type { BeforeContactGoes } from '../../contacts/placements.ts';
import { forgetAnswers } from './attendee-store.ts';

/** A deleted contact stays among an event's counts, and says nothing there any more. */
export const forgetAttendee: BeforeContactGoes = forgetAnswers;
