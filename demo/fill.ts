import { api } from './api.ts';
import { fillContacts } from './contacts.ts';
import { fillEvents } from './fill-events.ts';
import { fillPools } from './fill-pools.ts';
import { fillVacancies } from './fill-vacancies.ts';
import { beginFilling, type Made } from './filling.ts';
import { placeApplicants } from './place-applicants.ts';

/**
 * Fills a company with believable contacts, pools, vacancies and events, through the API like any client. They are the same
 * every time: a second run updates the contacts, and makes only what is missing of the rest. Stops early when `signal`
 * says so, after the few requests that belong together.
 */
export async function fill(options: {
  url: string;
  token: string;
  /** Whose token it is. */
  userId: string;
  contacts: number;
  out: NodeJS.WriteStream;
  signal: AbortSignal;
}): Promise<Made> {
  const { url, token, userId, out, signal } = options;
  const filling = beginFilling({ request: api(url, token), userId, out, signal });
  try {
    const contacts = await fillContacts(filling, options.contacts);
    await fillPools(filling, contacts);
    await placeApplicants(filling, contacts, await fillVacancies(filling));
    await fillEvents(filling, contacts);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
  }
  return filling.made;
}
