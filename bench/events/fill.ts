import type pg from 'pg';
import type { BenchCompany } from './company.ts';
import { fillCompany } from './company.ts';
import { fillAttendees } from './fill-attendees.ts';
import { fillEvents } from './fill-events.ts';
import { fillValues } from './fill-values.ts';
import { vocabulary } from './vocabulary.ts';

const FEW = 100;
/** One event in so many has attendees. */
const ATTENDED = 20;

export interface Filled {
  large: BenchCompany;
  small: BenchCompany;
  /** The words of the events' texts, the most frequent first. */
  words: string[];
}

/** A company with `rows` events and one with a hundred; the same ones each time. */
export async function fill(client: pg.Client, rows: number): Promise<Filled> {
  const words = vocabulary();
  const filled = async (identifier: string, events: number, owners: number) => {
    const company = await fillCompany(client, identifier, { owners });
    await fillEvents(client, company, events, words);
    await fillValues(client, company);
    await fillAttendees(client, company, Math.round(events / ATTENDED));
    return company;
  };
  await client.query('set synchronous_commit = off');
  await client.query('select setseed(0.5)');
  const large = await filled('large', rows, 500);
  const small = await filled('small', FEW, 5);
  // As autovacuum leaves it: the planner knows what is there, and indexes need not ask the table.
  await client.query('vacuum analyze');
  return { large, small, words };
}
