import { api } from './api.ts';
import { DEMO_FIELDS } from './custom-fields.ts';
import { personAt } from './person.ts';
import { progress } from './progress.ts';

const AT_A_TIME = 8;
const PAGE = 200;

export interface Filled {
  created: number;
  updated: number;
}

/**
 * Fills a company with believable contacts, through the API like any client. They are the same people every time: a
 * second run updates them. Stops early, between two contacts, when `signal` says so.
 */
export async function fillWithPeople(options: {
  url: string;
  token: string;
  contacts: number;
  out: NodeJS.WriteStream;
  signal: AbortSignal;
}): Promise<Filled> {
  const { contacts, out, signal } = options;
  const request = api(options.url, options.token);
  const fieldIds = await customFields(request);
  const filled: Filled = { created: 0, updated: 0 };
  const bar = progress(contacts, out);
  let next = 0;
  const lane = async () => {
    while (next < contacts && !signal.aborted) {
      const { headers } = await request('POST', '/v1/contact', personAt(next++, fieldIds));
      // Only a contact that is new says where it is.
      filled[headers.has('location') ? 'created' : 'updated']++;
      bar.step();
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  } finally {
    bar.end();
  }
  return filled;
}

/** The ids of the demo's custom fields by their names; makes those that are not there. */
async function customFields(request: ReturnType<typeof api>): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (let offset = 0; ; offset += PAGE) {
    const { body } = await request('GET', `/v1/contact/customfields?limit=${PAGE}&offset=${offset}`);
    for (const { id, name } of body.customFields) known.set(name, id);
    if (body.customFields.length < PAGE) break;
  }
  for (const { name, type, options } of DEMO_FIELDS) {
    if (known.has(name)) continue;
    const { body } = await request('POST', '/v1/contact/customfields', {
      name,
      type,
      ...(options && { options }),
    });
    known.set(name, body.id);
  }
  return known;
}
