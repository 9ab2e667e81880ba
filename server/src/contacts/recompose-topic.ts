/**
 * The outbox topic for contacts whose wire form spells out a tag, a status or a custom field that was changed or
 * deleted; the payload is `{ ref }`, its id.
 */
export const RECOMPOSE_TOPIC = 'contacts.recompose';
