import { query } from '../identity/verbs.ts';
import { EVENT_TYPES, LOCATION_TYPES } from './event-types.ts';

const listed = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).map(([id, label]) => ({ id, label }));

/** What an event can be. */
export const readEventTypes = query('signed-in', async () => listed(EVENT_TYPES));

/** Where one can be held. */
export const readLocationTypes = query('signed-in', async () => listed(LOCATION_TYPES));
