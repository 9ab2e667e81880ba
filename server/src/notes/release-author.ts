import type { BeforeUserLeaves } from '../identity/delete-user.ts';
import { statement } from '../platform/db/statement.ts';

// As many as one statement changes well within its time limit.
const BATCH = 5000;

const release = statement({
  name: 'note.release-author',
  text: `
    update note n set author_id = null
    where n.company_id = $1 and n.id in (
      select o.id from note o where o.company_id = $1 and o.author_id = $2 limit ${BATCH})
    returning n.id`,
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

/** The notes of a leaving user stay, as nobody's. */
export const releaseAuthor: BeforeUserLeaves = async (sql, companyId, userId) => {
  let released: unknown[];
  do released = await sql.run(release, [companyId, userId]);
  while (released.length === BATCH);
};
