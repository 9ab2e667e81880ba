import type { BeforeUserLeaves } from '../identity/delete-user.ts';
import { statement } from '../platform/db/statement.ts';
import { dropGrantee } from './drop-grantee.ts';

// The head of the kept text, as wireOf composes it.
const HEAD =
  '^\\{"id":"[^"]*","version":[0-9]+,"updatedTime":"[^"]*",("assignedTo":"[^"]*",)?("sourcedBy":"[^"]*",)?';

const release = statement({
  name: 'contact.release-user',
  text: `
    update contact c set version = c.version + 1, updated_at = n.moment, updated_seat = n.seat,
      assigned_to = n.assigned_to, sourced_by = n.sourced_by,
      wire = regexp_replace(c.wire::text, '${HEAD}', concat(
        '{"id":"', c.id, '","version":', c.version + 1,
        ',"updatedTime":"', to_char(n.moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '",',
        '"assignedTo":"' || n.assigned_to || '",', '"sourcedBy":"' || n.sourced_by || '",'))::json
    from (
      select o.id, nullif(o.assigned_to, $2) as assigned_to, nullif(o.sourced_by, $2) as sourced_by,
        f.moment, f.seat
      from contact o cross join lateral free_seat('updated', o.company_id, clock_timestamp()) f
      where o.company_id = $1 and (o.assigned_to = $2 or o.sourced_by = $2)) n
    where c.company_id = $1 and c.id = n.id`,
  parameters: ['int4', 'uuid'],
});

/** Takes a leaving user out of its contacts: no longer assigned to, sourced by, or shared with it. */
export const releaseUser: BeforeUserLeaves = async (sql, companyId, userId) => {
  await sql.run(release, [companyId, userId]);
  await dropGrantee(sql, companyId, userId);
};
