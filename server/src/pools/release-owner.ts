import type { BeforeUserLeaves } from '../identity/delete-user.ts';
import { statement } from '../platform/db/statement.ts';

const release = statement({
  name: 'pool.release-owner',
  text: 'update pool p set owner_id = null where p.company_id = $1 and p.owner_id = $2',
  parameters: ['int4', 'uuid'],
});

/** The pools of a leaving user stay, as nobody's. */
export const releasePoolOwner: BeforeUserLeaves = async (sql, companyId, userId) => {
  await sql.run(release, [companyId, userId]);
};
