import type { EventField } from '../custom-fields/field.ts';
import { type FieldValue, valueWire } from '../custom-fields/field-value.ts';
import type { Step } from '../metrics.ts';

/** A contact on its way to an event. Moments are ISO 8601 UTC. */
export interface Attendee {
  contactId: string;
  status: Step;
  prospectAt: string | null;
  invitedAt: string | null;
  registeredAt: string | null;
  attendedAt: string | null;
  /** The contact's. */
  fullName: string | null;
  primaryEmail: string | null;
  /** As typed at registration. */
  givenName: string | null;
  answers: { field: Pick<EventField, 'id' | 'name' | 'type'>; value: FieldValue }[];
}

/** The attendee as /v1 answers it. */
export function attendeeWire({ answers, ...attendee }: Attendee): object {
  return {
    ...Object.fromEntries(Object.entries(attendee).filter(([, value]) => value !== null)),
    answers: answers.map(({ field: { id, name, type }, value }) => ({
      id,
      name,
      type,
      ...valueWire({ type }, value),
    })),
  };
}
