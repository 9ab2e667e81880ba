import type pg from 'pg';
import { fillEvents } from '../events/fill-events.ts';
import { vocabulary } from '../events/vocabulary.ts';
import { type Filled, fillContacts } from './fill-contacts.ts';
import { fillCustomers } from './fill-customers.ts';
import type { House } from './house.ts';

/** Everything that the workloads ask about: `rows` contacts, as many events, and customers. */
export async function prepared(
  house: House,
  client: pg.Client,
  { rows, say }: { rows: number; say: (line: string) => void },
): Promise<{ filled: Filled; words: string[] }> {
  say(`Making ${rows.toLocaleString('en')} contacts, as many events, and customers…`);
  const filled = await fillContacts(house, client, rows);
  const words = vocabulary();
  const { users } = (await house.call('GET', '/v1/users', undefined, house.token)) as {
    users: { id: string }[];
  };
  await fillEvents(client, { id: house.companyId, owners: [users[0]!.id] }, rows, words);
  await fillCustomers(house);
  await client.query('vacuum analyze');
  return { filled, words };
}
