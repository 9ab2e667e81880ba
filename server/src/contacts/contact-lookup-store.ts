import type { Actor } from '../identity/actor.ts';
import { type ColumnType, type Row, type Sql, type Statement, statement } from '../platform/db/statement.ts';
import { type IdentityKey, keyColumns } from './identity-keys.ts';
import { PRESENT } from './presence.ts';
import { exceptedIds, SIGHT, sightOf, VISIBILITY, visibilityOf, visible } from './visibility.ts';

/** How much of a contact a statement shows, in SQL. */
interface Seen {
  visible: string;
  excepted: string;
  /** The parameter behind the company's and the actor's. */
  first: number;
}

interface ForBoth<R extends Record<string, ColumnType>> {
  plain: Statement<readonly ColumnType[], R>;
  veiled: Statement<readonly ColumnType[], R>;
  sight(actor: Actor): readonly unknown[];
}

/**
 * A statement in two texts: for who sees everything, from whom no rule of sight has to be looked up, and for everyone else.
 * `types` are those of its parameters behind the company's and the actor's.
 */
function forBoth<R extends Record<string, ColumnType>>(
  name: string,
  types: readonly ColumnType[],
  row: R,
  text: (seen: Seen) => string,
  sight: 'whole' | 'visibility' = 'whole',
): ForBoth<R> {
  const actor = sight === 'whole' ? SIGHT : VISIBILITY;
  return {
    plain: statement({
      name: `${name}.plain`,
      text: text({ visible: 'true', excepted: 'null::uuid[]', first: 2 }),
      parameters: ['int4', ...types],
      row,
    }),
    veiled: statement({
      name,
      text: text({
        visible: visible(2),
        excepted: sight === 'whole' ? exceptedIds(2) : 'null::uuid[]',
        first: 2 + actor.length,
      }),
      parameters: ['int4', ...actor, ...types],
      row,
    }),
    sight: sight === 'whole' ? sightOf : visibilityOf,
  };
}

/** Runs the one that is the actor's. */
function look<R extends Record<string, ColumnType>>(
  sql: Sql,
  actor: Actor,
  { plain, veiled, sight }: ForBoth<R>,
  values: readonly unknown[],
): Promise<Row<R>[]> {
  return actor.rights.everything
    ? sql.run(plain, [actor.companyId, ...values] as never)
    : sql.run(veiled, [actor.companyId, ...sight(actor), ...values] as never);
}

/**
 * The ids of the contacts that hold the keys at two parameters. One key after another, and no join with the contacts: a
 * plan made while the tables are small is kept while they grow, and must not be one that reads all of a company's.
 */
export const holdersOf = (kinds: number) => `array(
  select held.contact_id from unnest($${kinds}::text[], $${kinds + 1}::text[]) as w(kind, value)
  cross join lateral (
    select k.contact_id from contact_key k
    where k.company_id = $1 and k.kind = w.kind and k.value = w.value limit 1) held)`;

/** The id of the contact that holds the key at two parameters. */
const holderOf = (kind: number) =>
  `(select k.contact_id from contact_key k where k.company_id = $1 and k.kind = $${kind} and k.value = $${kind + 1})`;

const READ = { wire: 'json', excepted: 'uuid[]?' } as const;
const HELD = { ...READ, anonymised: 'bool' } as const;
const found = (seen: Seen, whose: string) =>
  `select c.wire, ${seen.excepted} as excepted from contact c
   where c.company_id = $1 and ${PRESENT} and ${seen.visible} and c.id = ${whose}`;
const held = (seen: Seen, whose: string) =>
  `select c.wire, c.anonymised_at is not null as anonymised, ${seen.excepted} as excepted from contact c
   where c.company_id = $1 and c.deleted_at is null and ${seen.visible} and c.id = ${whose}
   for update of c`;

const byId = forBoth('contact.by-id', ['uuid'], READ, (seen) => found(seen, `$${seen.first}`));
const byKey = forBoth('contact.by-key', ['text', 'text'], READ, (seen) => found(seen, holderOf(seen.first)));
const lockById = forBoth('contact.lock', ['uuid'], HELD, (seen) => held(seen, `$${seen.first}`));
const lockByKey = forBoth('contact.lock-by-key', ['text', 'text'], HELD, (seen) =>
  held(seen, holderOf(seen.first)),
);

const lockMatches = forBoth(
  'contact.lock-matches',
  ['text[]', 'text[]'],
  { ...HELD, id: 'uuid', visible: 'bool' },
  (seen) => `
    select c.id, c.wire, c.anonymised_at is not null as anonymised, ${seen.visible} as visible,
      ${seen.excepted} as excepted
    from contact c
    where c.company_id = $1 and c.deleted_at is null and c.id = any (${holdersOf(seen.first)})
    order by c.id for update of c`,
);

const keyHolders = forBoth(
  'contact.key-holders',
  ['text[]', 'text[]', 'uuid'],
  { id: 'uuid', visible: 'bool' },
  (seen) => `
    select c.id, ${seen.visible} and ${PRESENT} as visible from contact c
    where c.company_id = $1 and c.id = any (${holdersOf(seen.first)}) and c.id <> $${seen.first + 2}`,
  'visibility',
);

/** How a contact is named in the store: by id, or by one of its keys. */
export type ContactAddress = { id: string } | { key: IdentityKey };

/** A contact's text, with the ids of what it spells out that are not for the actor as their kind is. */
export interface Found {
  wire: string;
  excepted: string[] | null;
}

/** One round trip; undefined for one that is not there or not for this actor. */
export async function findContact(
  sql: Sql,
  actor: Actor,
  address: ContactAddress,
): Promise<Found | undefined> {
  const [row] = await ('id' in address
    ? look(sql, actor, byId, [address.id])
    : look(sql, actor, byKey, [address.key.kind, address.key.value]));
  return row;
}

/** Holds the contact until the transaction ends. Finds anonymised ones too, and says so. */
export async function lockContact(
  sql: Sql,
  actor: Actor,
  address: ContactAddress,
): Promise<(Found & { anonymised: boolean }) | undefined> {
  const [row] = await ('id' in address
    ? look(sql, actor, lockById, [address.id])
    : look(sql, actor, lockByKey, [address.key.kind, address.key.value]));
  return row;
}

/** Every contact that holds one of the keys, whether the actor sees it or not, held until the transaction ends. */
export async function lockContactsByKeys(sql: Sql, actor: Actor, keys: IdentityKey[]) {
  if (keys.length === 0) return [];
  return look(sql, actor, lockMatches, keyColumns(keys));
}

/** Other contacts that hold one of the keys, with whether the actor sees them. */
export async function otherHolders(sql: Sql, actor: Actor, contactId: string, keys: IdentityKey[]) {
  if (keys.length === 0) return [];
  return look(sql, actor, keyHolders, [...keyColumns(keys), contactId]);
}
