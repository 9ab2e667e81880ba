import type { BeforeUserLeaves } from '../identity/delete-user.ts';
import { statement } from '../platform/db/statement.ts';
import { dropGrantee } from './drop-grantee.ts';

// As many as one statement rewrites well within its time limit.
const BATCH = 5000;

// The head of the kept text, as wireOf composes it.
const HEAD =
  '^\\{"id":"[^"]*","version":[0-9]+,"updatedTime":"[^"]*",("assignedTo":"[^"]*",)?("sourcedBy":"[^"]*",)?';

// The moments lie behind the latest one, a hundred contacts on each: nobody else sits there yet.
const release = statement({
  name: 'contact.release-user',
  text: `
    with held as (
      select o.id, row_number() over () - 1 as place from contact o
      where o.company_id = $1 and (o.assigned_to = $2 or o.sourced_by = $2)
      limit ${BATCH}),
    free as (
      select greatest(date_trunc('milliseconds', clock_timestamp()), max(l.updated_at)) + interval '1 millisecond' as at
      from contact l where l.company_id = $1),
    seated as (
      select h.id, f.at + h.place / 100 * interval '1 millisecond' as moment, h.place % 100 as seat
      from held h cross join free f)
    update contact c set version = c.version + 1, updated_at = s.moment, updated_seat = s.seat,
      assigned_to = nullif(c.assigned_to, $2), sourced_by = nullif(c.sourced_by, $2),
      wire = regexp_replace(c.wire::text, '${HEAD}', concat(
        '{"id":"', c.id, '","version":', c.version + 1,
        ',"updatedTime":"', to_char(s.moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '",',
        '"assignedTo":"' || nullif(c.assigned_to, $2) || '",',
        '"sourcedBy":"' || nullif(c.sourced_by, $2) || '",'))::json
    from seated s
    where c.company_id = $1 and c.id = s.id
    returning c.id`,
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

/** Takes a leaving user out of its contacts: no longer assigned to, sourced by, or shared with it. */
export const releaseUser: BeforeUserLeaves = async (sql, companyId, userId) => {
  let released: unknown[];
  do released = await sql.run(release, [companyId, userId]);
  while (released.length === BATCH);
  await dropGrantee(sql, companyId, userId);
};
