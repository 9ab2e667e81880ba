import type { BeforeUserLeaves } from '../identity/delete-user.ts';
import { statement } from '../platform/db/statement.ts';

const release = statement({
  name: 'event.release-owner',
  text: 'update event e set owner_id = null where e.company_id = $1 and e.owner_id = $2',
  parameters: ['int4', 'uuid'],
});

/** The events of a leaving user stay, as nobody's. */
export const releaseEventOwner: BeforeUserLeaves = async (sql, companyId, userId) => {
  await sql.run(release, [companyId, userId]);
};
