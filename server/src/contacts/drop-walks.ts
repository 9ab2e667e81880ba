import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { LIFE } from './walk-statements.ts';

/** Walks of one reader. */
const MOST_OF_A_READER = 4;
/** Places of a company's readers together; a short walk counts as LEAST. */
const MOST_OF_A_COMPANY = 400_000;
const LEAST = 100;

const outlived = statement({
  name: 'contact-walk.outlived',
  text: `select distinct w.company_id from contact_walk w where w.begun_at < now() - interval '${LIFE} seconds'`,
  parameters: [],
  row: { company_id: 'int4' },
  scope: 'server',
});

// A walk that is just being lengthened is passed over, and falls to the next one who looks.
const drop = statement({
  name: 'contact-walk.drop',
  text: `
    with kept as (
      select k.ctid as row, k.begun_at < now() - interval '${LIFE} seconds'
          or row_number() over (partition by k.reader order by k.begun_at desc) > ${MOST_OF_A_READER}
          or sum(greatest(k.length, ${LEAST})) over (order by k.begun_at desc) > ${MOST_OF_A_COMPANY}
        as is_over
      from contact_walk k where k.company_id = $1),
    free as (
      select w.ctid as row from contact_walk w
      where w.company_id = $1 and w.ctid = any (array(select k.row from kept k where k.is_over))
      for update skip locked)
    delete from contact_walk w where w.company_id = $1 and w.ctid = any (array(select f.row from free f))`,
  parameters: ['int4'],
  scan: true,
});

/** Deletes the walks of a company that are over, and the oldest ones where there are too many. */
export async function dropWalks(sql: Sql, companyId: number): Promise<void> {
  await sql.run(drop, [companyId]);
}

/** Deletes the walks that are over, also where nobody begins a new one. */
export async function pruneWalks(sql: Sql): Promise<void> {
  for (const { company_id } of await sql.run(outlived, [])) await dropWalks(sql, company_id);
}
