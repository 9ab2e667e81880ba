import type { BeforeUserLeaves } from '../identity/delete-user.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { NIL_UUID } from '../platform/uuid.ts';
import { takeBulkSeats } from './bulk-seats.ts';
import { dropGrantee } from './drop-grantee.ts';

// As many as one statement rewrites well within its time limit.
const BATCH = 5000;
// The head of the kept text, as wireOf composes it.
const HEAD =
  '^\\{"id":"[^"]*","version":[0-9]+,"updatedTime":"[^"]*",("assignedTo":"[^"]*",)?("sourcedBy":"[^"]*",)?';

const hold = statement({
  name: 'contact.hold-of-user',
  text: `
    select c.id from contact c
    where c.company_id = $1 and (c.assigned_to = $2 or c.sourced_by = $2) and c.id > $3
    order by c.id limit ${BATCH} for update`,
  parameters: ['int4', 'uuid', 'uuid'],
  row: { id: 'uuid' },
});

const release = statement({
  name: 'contact.release-user',
  text: `
    update contact c set version = c.version + 1, updated_at = s.moment, updated_seat = s.seat,
      assigned_to = nullif(c.assigned_to, $2), sourced_by = nullif(c.sourced_by, $2),
      wire = regexp_replace(c.wire::text, '${HEAD}',
        '{"id":"' || c.id::text || '","version":' || (c.version + 1)::text || ',"updatedTime":"' || s.told || '",'
        || coalesce('"assignedTo":"' || nullif(c.assigned_to, $2)::text || '",', '')
        || coalesce('"sourcedBy":"' || nullif(c.sourced_by, $2)::text || '",', ''))::json
    from unnest($3::uuid[], $4::text[]::timestamptz[], $4::text[], $5::text[]::int2[]) as s(id, moment, told, seat)
    where c.company_id = $1 and c.id = s.id`,
  parameters: ['int4', 'uuid', 'uuid[]', 'text[]', 'text[]'],
});

/** Takes a leaving user out of its contacts: no longer assigned to, sourced by, or shared with it. */
export const releaseUser: BeforeUserLeaves = async (sql, companyId, userId) => {
  // All of them before the first time of change is taken: see takeBulkSeats.
  const held = await holdContactsOf(sql, companyId, userId);
  for (let from = 0; from < held.length; from += BATCH) {
    const ids = held.slice(from, from + BATCH);
    const seats = await takeBulkSeats(sql, companyId, ids.length);
    await sql.run(release, [
      companyId,
      userId,
      ids,
      seats.map((seat) => seat.updated_at),
      seats.map((seat) => String(seat.updated_seat)),
    ]);
  }
  await dropGrantee(sql, companyId, userId);
};

/** The ids of a user's contacts, held until the transaction ends, in their order. */
export async function holdContactsOf(sql: Sql, companyId: number, userId: string): Promise<string[]> {
  const held: string[] = [];
  for (let last = NIL_UUID; ; ) {
    const rows = await sql.run(hold, [companyId, userId, last]);
    held.push(...rows.map(({ id }) => id));
    if (rows.length < BATCH) return held;
    last = held.at(-1)!;
  }
}
