import type pg from 'pg';
import { fillEvents } from '../events/fill-events.ts';
import { vocabulary } from '../events/vocabulary.ts';
import { type Filled, fillContacts } from './fill-contacts.ts';
import { fillCustomers } from './fill-customers.ts';
import type { House } from './house.ts';
import { type Workload, workloads } from './workloads.ts';

/** Makes `rows` contacts, as many events, and customers, and has `use` the workloads that ask about them. */
export async function withWorkloads<T>(
  house: House,
  { rows, say }: { rows: number; say: (line: string) => void },
  use: (all: Workload[]) => Promise<T>,
): Promise<T> {
  const client = await house.connect();
  try {
    const { filled, words } = await prepared(house, client, { rows, say });
    return await use(await workloads(house, client, filled, words));
  } finally {
    await client.end();
  }
}

/** Everything that the workloads ask about: `rows` contacts, as many events, and customers. */
async function prepared(
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
