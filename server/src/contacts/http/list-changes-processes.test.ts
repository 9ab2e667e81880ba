import { beforeAll, describe, expect, it, vi } from 'vitest';
import { crowdOf, idsIn, query, walk } from '../../../test/changes.ts';
import { made, someEmail } from '../../../test/factories.ts';
import type { Caller, TestServer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
let sibling: TestServer;
beforeAll(async () => {
  sibling = await world.server.sibling();
});

const crowd = (count: number) => crowdOf(world.server, count);
/** The same reader on the other process. */
const there = ({ token }: Caller) => ({ get: (path: string) => sibling.call('GET', path, { token }) });
const change = async (admin: Caller, ids: (string | undefined)[]) => {
  for (const id of ids) await made(admin.patch(`/v1/contact/${id}`, { skills: [someEmail()] }));
};
const walksOf = (companyId: number) =>
  world.server.sql<{ length: number; places: string[] }>(
    'select length, places from contact_walk where company_id = $1 order by begun_at',
    [companyId],
  );

/** What is asked for while nobody else may have a lock that `text` takes; `waiting` statements wait for it at the end. */
async function held<T>(text: string, values: unknown[], ask: (waiting: Waiting) => Promise<T>): Promise<T> {
  const client = await world.server.database.connect();
  try {
    await client.query('begin');
    await client.query(text, values);
    return await ask((count) =>
      vi.waitFor(async () => expect(await waitingForLocks()).toBe(count), { timeout: 20_000 }),
    );
  } finally {
    await client.end();
  }
}
type Waiting = (count: number) => Promise<void>;

async function waitingForLocks(): Promise<number> {
  const [row] = await world.server.sql<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return row!.count;
}

describe('GET /v1/contacts by time of change, page by page by offset, on several processes', () => {
  it('passes over no contact where pages alternate between two and contacts change in between', async () => {
    const { admin, since, ids } = await crowd(30);
    let pages = 0;
    const alternating = {
      get: (path: string) => (pages++ % 2 === 0 ? admin.get(path) : there(admin).get(path)),
    };
    const seen = await walk(alternating, since, 5, async (page) => {
      if (page <= 5) await change(admin, ids.slice((page - 1) * 3, page * 3));
    });
    expect(pages).toBeGreaterThan(7);
    expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
    expect(seen.slice(-15)).toEqual(ids.slice(0, 15));
  });

  it('has one order for who begins on two at the same moment', async () => {
    const { admin, companyId, since, ids } = await crowd(9);
    // Both have found that no order is known yet, and are about to read the list.
    const first = await held('lock table contact', [], async (waiting) => {
      const asked = [admin, there(admin)].map((reader) => reader.get(query(since, 0, 3)));
      await waiting(2);
      return () => Promise.all(asked);
    });
    for (const page of await first()) expect(idsIn(page)).toEqual(ids.slice(0, 3));
    const walks = await walksOf(companyId);
    expect(walks).toEqual([{ length: 9, places: ids }]);
  });

  it('gives each change one place where two lengthen the list at the same moment', async () => {
    const { admin, companyId, since, ids } = await crowd(6);
    await admin.get(query(since, 0, 3));
    await change(admin, ids.slice(0, 2));
    const pages = await held(
      'select from contact_walk where company_id = $1 for update',
      [companyId],
      async (waiting) => {
        const one = admin.get(query(since, 3, 6));
        await waiting(1);
        // What the second one finds is more, and was not there when the first one looked.
        await change(admin, [ids[4]]);
        const other = there(admin).get(query(since, 3, 6));
        await waiting(2);
        return () => Promise.all([one, other]);
      },
    );
    const [first, second] = await pages();
    const after = [...ids, ids[0], ids[1], ids[4]];
    expect(await walksOf(companyId)).toEqual([{ length: 9, places: after }]);
    expect(idsIn(second!)).toEqual(after.slice(3));
    expect(second!.body.total_count).toBe(9);
    // It ends before the change that came after it was asked for.
    expect(idsIn(first!)).toEqual([ids[3], ids[5], ids[0], ids[1]]);
  });

  it('is the list as it stands once a crash of the database has emptied the places', async () => {
    const { admin, companyId, since, ids } = await crowd(6);
    await admin.get(query(since, 0, 3));
    await change(admin, [ids[0]]);
    await world.server.sql('delete from contact_walk where company_id = $1', [companyId]);
    const page = await admin.get(query(since, 3, 3));
    expect(idsIn(page)).toEqual([...ids.slice(4), ids[0]]);
    expect(page.body.total_count).toBe(6);
  });
});
