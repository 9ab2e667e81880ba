import type { FieldOption, FieldType } from '../../contacts/custom-fields/custom-field.ts';

/** What anyone who has the link may know of an event. */
export interface PublicEvent {
  id: string;
  /** The company's name. */
  company: string;
  name: string;
  description?: string;
  /** ISO 8601 UTC. */
  startAt: string;
  endAt?: string;
  /** An IANA id. */
  timezone: string;
  /** The place, line by line; none where it is online alone. */
  place: string[];
  online: boolean;
}

/** A custom field of events that is asked at registration. */
export interface Question {
  id: string;
  name: string;
  type: FieldType;
  required: boolean;
  /** For the two select types. */
  options: FieldOption[];
}

/** A registration as it was typed. */
export interface RegistrationForm {
  name: string;
  email: string;
  phone: string;
  consent: boolean;
  /** By the question's id: what was typed, or the ids of the chosen options. */
  answers: Record<string, string[]>;
}

/** What is wrong with a field of a form. */
export type Mistake = 'missing' | 'long' | 'email' | 'phone' | 'number' | 'date' | 'option';
/** By `name`, `email`, `phone`, `consent`, or a question's id. */
export type Mistakes = Record<string, Mistake>;

/** Why an event takes no registration. */
export type Closed = 'draft' | 'cancelled' | 'deleted' | 'past';

/** How things stand with a registration link. */
export type Registration =
  | { state: 'unknown' }
  /** `event` is left out of a draft and of a deleted one: they are not the public's. */
  | { state: 'closed'; why: Closed; event?: PublicEvent }
  | { state: 'open'; event: PublicEvent; questions: Question[]; form?: RegistrationForm; mistakes?: Mistakes }
  /** The same for whoever registered, known before or not. */
  | { state: 'registered'; event: PublicEvent; email: string };

/** What a registrant is told by mail. */
export interface Confirmation {
  to: string;
  name: string;
  event: PublicEvent;
  /** Where to join online. */
  link?: string;
  /** The page that the QR code opens. */
  ticketUrl: string;
  /** The owner of the event, where there is one to ask. */
  contactName?: string;
}
