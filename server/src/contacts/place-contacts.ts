import type { Actor } from '../identity/actor.ts';
import type { Ctx } from '../identity/verbs.ts';
import { auditMany } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { takeBulkSeats } from './bulk-seats.ts';
import { boundedWireOf, type Contact } from './contact.ts';
import { takeUpdatedSeat } from './contact-store.ts';
import { PRESENT } from './presence.ts';
import { VISIBILITY, visibilityOf, visible } from './visibility.ts';

const holdIds = statement({
  name: 'contact.hold-ids',
  text: `
    select c.id from contact c
    where c.company_id = $1 and c.id = any ($9) and ${PRESENT} and ${visible(2)}
    order by c.id for update of c`,
  parameters: ['int4', ...VISIBILITY, 'uuid[]'],
  row: { id: 'uuid' },
});

const hold = statement({
  name: 'contact.hold-many',
  text: `
    select c.wire from contact c
    where c.company_id = $1 and c.id = any ($9) and ${PRESENT} and ${visible(2)}
    order by c.id for update of c`,
  parameters: ['int4', ...VISIBILITY, 'uuid[]'],
  row: { wire: 'json' },
});

const restate = statement({
  name: 'contact.restate-many',
  text: `
    update contact c set version = c.version + 1, updated_at = w.updated_at, updated_seat = w.seat, wire = w.wire,
      refs = case when $6 then array_append(c.refs, $7) else array_remove(c.refs, $7) end
    from unnest($2::uuid[], $3::text[]::timestamptz[], $4::text[]::int2[], $5::text[]::json[])
      as w(id, updated_at, seat, wire)
    where c.company_id = $1 and c.id = w.id`,
  parameters: ['int4', 'uuid[]', 'text[]', 'text[]', 'text[]', 'bool', 'uuid'],
});

/** Which of these are contacts that the actor sees; those are held until the transaction ends, ordered by id. */
export async function holdContactIds(sql: Sql, actor: Actor, ids: string[]): Promise<Set<string>> {
  const rows = await sql.run(holdIds, [actor.companyId, ...visibilityOf(actor), ids]);
  return new Set(rows.map(({ id }) => id));
}

/** The same, with what they hold. */
export async function holdContacts(sql: Sql, actor: Actor, ids: string[]): Promise<Contact[]> {
  const rows = await sql.run(hold, [actor.companyId, ...visibilityOf(actor), ids]);
  return rows.map(({ wire }) => JSON.parse(wire));
}

/**
 * Stores contacts that are held and now say that they are in another record (`added`), or no longer: each a new version
 * with an audit row about `field`.
 */
export async function restateContacts(
  ctx: Ctx,
  contacts: Contact[],
  { ref, added, field }: { ref: string; added: boolean; field: 'lists' | 'vacancies' },
): Promise<void> {
  if (contacts.length === 0) return;
  const { companyId } = ctx.actor;
  const seats =
    contacts.length === 1
      ? [await takeUpdatedSeat(ctx.sql, companyId)]
      : await takeBulkSeats(ctx.sql, companyId, contacts.length);
  const wires = contacts.map((contact, index) =>
    boundedWireOf({ ...contact, version: contact.version + 1, updatedTime: seats[index]!.updated_at }),
  );
  const ids = contacts.map(({ id }) => id);
  await Promise.all([
    ctx.sql.run(restate, [
      companyId,
      ids,
      seats.map((seat) => seat.updated_at),
      seats.map((seat) => String(seat.updated_seat)),
      wires,
      added,
      ref,
    ]),
    auditMany(ctx, 'contact.update', { kind: 'contact', ids }, [field]),
  ]);
}
