import type { Actor } from '../identity/actor.ts';
import type { Sql } from '../platform/db/statement.ts';
import type { ContactFilter } from './contact-filter.ts';
import { type ContactPage, listValues } from './contact-list-store.ts';
import { findWalk, LIFE, walkStatements, YOUNG } from './walk-statements.ts';

/** The order in which one reader goes through a list of changes. */
export interface Walk {
  number: number;
  /** How many places it has. */
  length: number;
  /** Whatever changed before this has its place. */
  up_to: string;
}

/** Who reads which list. */
export interface Reading {
  actor: Actor;
  filter: ContactFilter;
  /** Digests of both. */
  reader: Buffer;
  list: Buffer;
}

export interface WalkPage extends Omit<ContactPage, 'total'> {
  /** The place of its last contact; where it has none, the offset. */
  last: number;
  /** How many are to come at the end that have no place there yet. */
  waiting: number;
}

const keyOf = ({ actor, reader, list }: Reading) => [actor.companyId, reader, list] as const;
const statementsFor = ({ actor, filter }: Reading) => walkStatements(actor.rights.everything, filter);
const valuesOf = ({ actor, filter }: Reading, veiled: boolean) => listValues(actor, filter, veiled);

/** The walk that a reader shares who begins anew. */
export async function youngWalk(sql: Sql, reading: Reading): Promise<Walk | undefined> {
  const [walk] = await sql.run(findWalk, [...keyOf(reading), YOUNG, 0]);
  return walk;
}

/** The oldest walk that comes as far as `offset`. */
export async function walkAt(sql: Sql, reading: Reading, offset: number): Promise<Walk | undefined> {
  const [walk] = await sql.run(findWalk, [...keyOf(reading), LIFE, offset]);
  return walk;
}

/** Gives what is in the list its places, as far as changes are settled. Nothing where a young walk is there by now. */
export async function beginWalk(sql: Sql, reading: Reading, settled: string): Promise<Walk | undefined> {
  const values = [...keyOf(reading), settled, ...valuesOf(reading, false)];
  const [walk] = await sql.run(statementsFor(reading).begin, values as never);
  return walk;
}

/** Gives what changed meanwhile its places at the end, one at a time. Nothing where the walk is over. */
export async function extendWalk(
  sql: Sql,
  reading: Reading,
  { number, up_to }: Walk,
  settled: string,
): Promise<Walk | undefined> {
  const values = [...keyOf(reading), number, settled, up_to, ...valuesOf(reading, false)];
  const [lengthened] = await sql.run(statementsFor(reading).extend, values as never);
  return lengthened && { number, ...lengthened };
}

/**
 * As many contacts as are asked for, from a place on. Those that are not in the list any more, or not yet again, leave
 * their places empty and others fill the page: some come twice, and whoever shares the walk keeps its places.
 */
export async function walkPage(
  sql: Sql,
  reading: Reading,
  { number, length, up_to }: Walk,
  settled: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<WalkPage> {
  // Another request may have found that more is settled, and given it its places: they are not to be passed over.
  const until = settled > up_to ? settled : up_to;
  const which = [number, offset, limit, length, up_to, until];
  const values = [...keyOf(reading), ...which, ...valuesOf(reading, true)];
  const [row] = await sql.run(statementsFor(reading).page, values as never);
  return row!;
}
