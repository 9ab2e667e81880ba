/** The outbox topic for contacts that spell out a tag, a status or a custom field that was changed or deleted. */
export const RECOMPOSE_TOPIC = 'contacts.recompose';

/** The topic's payload: the id of what was changed. */
export interface Recompose {
  ref: string;
}
