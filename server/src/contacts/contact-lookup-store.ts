import type { Actor } from '../identity/actor.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { type IdentityKey, keyColumns } from './identity-keys.ts';
import { PRESENT } from './presence.ts';
import { exceptedIds, SIGHT, sightOf, VISIBILITY, visibilityOf, visible } from './visibility.ts';

const EXCEPTED = exceptedIds(2);

/**
 * The ids of the contacts that hold the keys at two parameters. One key after another, and no join with the contacts: a
 * plan made while the tables are small is kept while they grow, and must not be one that reads all of a company's.
 */
const holdersOf = (kinds: number) => `array(
  select held.contact_id from unnest($${kinds}::text[], $${kinds + 1}::text[]) as w(kind, value)
  cross join lateral (
    select k.contact_id from contact_key k
    where k.company_id = $1 and k.kind = w.kind and k.value = w.value limit 1) held)`;

const READ = { wire: 'json', excepted: 'uuid[]?' } as const;

const byId = statement({
  name: 'contact.by-id',
  text: `
    select c.wire, ${EXCEPTED} as excepted from contact c
    where c.company_id = $1 and c.id = $11 and ${PRESENT} and ${visible(2)}`,
  parameters: ['int4', ...SIGHT, 'uuid'],
  row: READ,
});

const byKey = statement({
  name: 'contact.by-key',
  text: `
    select c.wire, ${EXCEPTED} as excepted
    from contact c
    where c.company_id = $1 and ${PRESENT} and ${visible(2)}
      and c.id = (select k.contact_id from contact_key k where k.company_id = $1 and k.kind = $11 and k.value = $12)`,
  parameters: ['int4', ...SIGHT, 'text', 'text'],
  row: READ,
});

const lockById = statement({
  name: 'contact.lock',
  text: `
    select c.wire, c.anonymised_at is not null as anonymised, ${EXCEPTED} as excepted from contact c
    where c.company_id = $1 and c.id = $11 and c.deleted_at is null and ${visible(2)}
    for update of c`,
  parameters: ['int4', ...SIGHT, 'uuid'],
  row: { ...READ, anonymised: 'bool' },
});

const lockByKey = statement({
  name: 'contact.lock-by-key',
  text: `
    select c.wire, c.anonymised_at is not null as anonymised, ${EXCEPTED} as excepted from contact c
    where c.company_id = $1 and c.deleted_at is null and ${visible(2)}
      and c.id = (select k.contact_id from contact_key k where k.company_id = $1 and k.kind = $11 and k.value = $12)
    for update of c`,
  parameters: ['int4', ...SIGHT, 'text', 'text'],
  row: { ...READ, anonymised: 'bool' },
});

const lockMatches = statement({
  name: 'contact.lock-matches',
  text: `
    select c.id, c.wire, c.anonymised_at is not null as anonymised, ${visible(2)} as visible,
      ${EXCEPTED} as excepted
    from contact c
    where c.company_id = $1 and c.deleted_at is null and c.id = any (${holdersOf(11)})
    order by c.id for update of c`,
  parameters: ['int4', ...SIGHT, 'text[]', 'text[]'],
  row: { id: 'uuid', wire: 'json', anonymised: 'bool', visible: 'bool', excepted: 'uuid[]?' },
});

const keyHolders = statement({
  name: 'contact.key-holders',
  text: `
    select c.id, ${visible(2)} and ${PRESENT} as visible from contact c
    where c.company_id = $1 and c.id = any (${holdersOf(9)}) and c.id <> $11`,
  parameters: ['int4', ...VISIBILITY, 'text[]', 'text[]', 'uuid'],
  row: { id: 'uuid', visible: 'bool' },
});

/** How a contact is named in the store: by id, or by one of its keys. */
export type ContactAddress = { id: string } | { key: IdentityKey };

/** A contact's text, with the ids of what it spells out that are not for the actor as their kind is. */
export interface Found {
  wire: string;
  excepted: string[] | null;
}

function seenBy(actor: Actor) {
  return [actor.companyId, ...sightOf(actor)] as const;
}

/** One round trip; undefined for one that is not there or not for this actor. */
export async function findContact(
  sql: Sql,
  actor: Actor,
  address: ContactAddress,
): Promise<Found | undefined> {
  const seen = seenBy(actor);
  const rows =
    'id' in address
      ? await sql.run(byId, [...seen, address.id])
      : await sql.run(byKey, [...seen, address.key.kind, address.key.value]);
  return rows[0];
}

/** Holds the contact until the transaction ends. Finds anonymised ones too, and says so. */
export async function lockContact(
  sql: Sql,
  actor: Actor,
  address: ContactAddress,
): Promise<(Found & { anonymised: boolean }) | undefined> {
  const seen = seenBy(actor);
  const rows =
    'id' in address
      ? await sql.run(lockById, [...seen, address.id])
      : await sql.run(lockByKey, [...seen, address.key.kind, address.key.value]);
  return rows[0];
}

/** Every contact that holds one of the keys, whether the actor sees it or not, held until the transaction ends. */
export async function lockContactsByKeys(sql: Sql, actor: Actor, keys: IdentityKey[]) {
  if (keys.length === 0) return [];
  return sql.run(lockMatches, [...seenBy(actor), ...keyColumns(keys)]);
}

/** Other contacts that hold one of the keys, with whether the actor sees them. */
export async function otherHolders(sql: Sql, actor: Actor, contactId: string, keys: IdentityKey[]) {
  if (keys.length === 0) return [];
  return sql.run(keyHolders, [actor.companyId, ...visibilityOf(actor), ...keyColumns(keys), contactId]);
}
