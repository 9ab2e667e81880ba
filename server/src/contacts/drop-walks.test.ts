import { expect, it } from 'vitest';
import { crowdOf, idsIn, query } from '../../test/changes.ts';
import { made } from '../../test/factories.ts';
import type { Caller } from '../../test/harness.ts';
import { twoCompanies } from '../../test/world.ts';
import { pruneWalks } from './drop-walks.ts';

const world = twoCompanies();
const crowd = (count: number) => crowdOf(world.server, count);

/** How long the walks of a company are, by age, the oldest first. */
const lengths = async (companyId: number) =>
  (
    await world.server.sql<{ length: number }>(
      'select length from contact_walk where company_id = $1 order by begun_at',
      [companyId],
    )
  ).map(({ length }) => length);

/** As if all walks of a company had begun so many seconds earlier. */
const age = (companyId: number, seconds: number) =>
  world.server.sql(
    'update contact_walk set begun_at = begun_at - make_interval(secs => $2) where company_id = $1',
    [companyId, seconds],
  );

const moveToEnd = (admin: Caller, id: string | undefined) =>
  made(admin.patch(`/v1/contact/${id}`, { skills: ['SQL'] }));

it('who begins again shares the places for five minutes, and gets others then', async () => {
  const { admin, companyId, since } = await crowd(3);
  await admin.get(query(since, 0, 2));
  await age(companyId, 290);
  await admin.get(query(since, 0, 2));
  expect(await lengths(companyId)).toEqual([3]);
  await age(companyId, 20);
  await admin.get(query(since, 0, 2));
  expect(await lengths(companyId)).toEqual([3, 3]);
});

it('who goes on has its places for ten minutes, and then the list as it stands', async () => {
  const { admin, companyId, since, ids } = await crowd(4);
  await admin.get(query(since, 0, 2));
  await moveToEnd(admin, ids[0]);
  await age(companyId, 590);
  expect(idsIn(await admin.get(query(since, 2, 2)))).toEqual([ids[2], ids[3]]);
  await age(companyId, 20);
  expect(idsIn(await admin.get(query(since, 2, 2)))).toEqual([ids[3], ids[0]]);
});

it('of two that come as far, who goes on has the older places', async () => {
  const { admin, companyId, since, ids } = await crowd(4);
  await admin.get(query(since, 0, 2));
  await age(companyId, 301);
  await moveToEnd(admin, ids[0]);
  expect(idsIn(await admin.get(query(since, 0, 2)))).toEqual([ids[1], ids[2]]);
  expect(await lengths(companyId)).toEqual([4, 4]);
  expect(idsIn(await admin.get(query(since, 2, 2)))).toEqual([ids[2], ids[3]]);
});

it('who begins deletes what is over, and the oldest of more than four of a reader', async () => {
  const { admin, companyId, since } = await crowd(3);
  await admin.get(query(since, 0, 1));
  await age(companyId, 601);
  const list = (index: number) => query(new Date(Date.parse(since) - index).toISOString(), 0, 1);
  await admin.get(list(1));
  expect(await lengths(companyId)).toEqual([3]);
  await world.server.sql('update contact_walk set length = 33 where company_id = $1', [companyId]);
  for (let index = 2; index <= 5; index++) await admin.get(list(index));
  expect(await lengths(companyId)).toEqual([3, 3, 3, 3]);
});

it('who begins deletes the oldest of a company that has too many places, and a short walk counts for a hundred', async () => {
  const { admin, companyId, since } = await crowd(3);
  const others = (count: number, length: number, seconds: number) =>
    world.server.sql(
      `insert into contact_walk (company_id, reader, list, number, begun_at, up_to, length, places)
       select $1, sha256(format('%s of %s', n, $3::int)::bytea), '', 1, now() - make_interval(secs => $4 + n), now(), $3, '{}'
       from generate_series(1, $2::int) n`,
      [companyId, count, length, seconds],
    );
  await others(39, 10_000, 100);
  await others(100, 1, 200);
  await others(1, 2, 500);
  await admin.get(query(since, 0, 2));
  const kept = await lengths(companyId);
  expect(kept.slice(-40)).toEqual([...Array(39).fill(10_000), 3]);
  expect(kept.slice(0, -40)).toEqual(Array(99).fill(1));
});

it('every hour all that are over go, of companies that stay silent too', async () => {
  const [silent, other] = [await crowd(2), await crowd(2)];
  for (const { admin, since } of [silent, other]) await admin.get(query(since, 0, 1));
  await age(silent.companyId, 601);
  await pruneWalks(world.server.database.read);
  expect([await lengths(silent.companyId), await lengths(other.companyId)]).toEqual([[], [2]]);
});
