import { expect, it } from 'vitest';
import { contactPath, made, newContact, newPool, poolPath } from '../../test/factories.ts';
import { twoCompanies } from '../../test/world.ts';
import { recomposeContacts } from '../contacts/recompose-contacts.ts';
import { spellers } from '../spellers.ts';

const world = twoCompanies();
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;

/** What the worker would run for the company's waiting rows. */
async function runWaitingJobs(): Promise<void> {
  const { server, company } = world;
  const rows = await server.sql<{ ref: string }>(
    `update outbox set status = 'done' where company_id = $1 and topic = 'contacts.recompose' and status = 'pending'
     returning payload ->> 'ref' as ref`,
    [company.id],
  );
  for (const { ref } of rows) await recomposeContacts(server.database, spellers, company.id, ref);
}

it('a renamed pool reads anew in every contact, without a new version', async () => {
  const { admin } = world.company;
  const [renamed, other] = [await newPool(admin), await newPool(admin)];
  const before = await newContact(admin, { lists: [renamed, other] });
  await made(admin.patch(poolPath(renamed.id), { name: 'A new name' }));
  expect((await admin.get(contactPath(before.id, '/pools'))).body.pools[0].value).toBe('A new name');
  await runWaitingJobs();
  expect(await read(before.id)).toEqual({
    ...before,
    lists: [{ id: renamed.id, name: 'A new name' }, before.lists[1]],
  });
});

it('a deleted pool leaves every contact, also one that is archived or anonymised at the time', async () => {
  const { admin } = world.company;
  const [gone, stays] = [await newPool(admin), await newPool(admin)];
  const contacts = [];
  for (const _ of [1, 2, 3]) contacts.push(await newContact(admin, { lists: [gone, stays] }));
  const [plain, archived, anonymised] = contacts;
  await made(admin.post(contactPath(archived.id, '/archive')));
  await made(admin.post(contactPath(anonymised.id, '/anonymize')));
  await made(admin.delete(poolPath(gone.id)));
  await runWaitingJobs();
  await made(admin.post(contactPath(anonymised.id, '/deanonymize')));
  for (const { id } of contacts) {
    expect((await read(id)).lists).toEqual([{ id: stays.id, name: stays.name }]);
    expect(await world.server.sql('select refs from contact where id = $1', [id])).toEqual([
      { refs: [stays.id] },
    ]);
  }
  expect((await read(plain.id)).version).toBe(1);
});

it('contacts that are added while the pool is renamed all end with the new name', async () => {
  const { admin } = world.company;
  const pool = await newPool(admin);
  const contacts = await Promise.all(Array.from({ length: 12 }, () => newContact(admin)));
  const answers = await Promise.all([
    ...contacts.map(({ id }, index) =>
      index % 2
        ? admin.put(poolPath(pool.id, '/contacts'), { id })
        : admin.patch(contactPath(id), { lists: [{ id: pool.id }] }),
    ),
    admin.patch(poolPath(pool.id), { name: 'After' }),
  ]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await runWaitingJobs();
  for (const { id } of contacts) expect((await read(id)).lists).toEqual([{ id: pool.id, name: 'After' }]);
});

it('contacts that are added, kept and taken out while the pool is deleted and the job runs all end without it', async () => {
  const { admin } = world.company;
  for (let round = 0; round < 3; round++) {
    const [pool, other] = [await newPool(admin), await newPool(admin)];
    const contacts = await Promise.all(
      Array.from({ length: 9 }, (_, index) => newContact(admin, { lists: index % 3 ? [pool] : [] })),
    );
    const answers = await Promise.all([
      admin.delete(poolPath(pool.id)),
      ...contacts.map(({ id, lists }, index) => {
        if (index % 3 === 0) return admin.put(poolPath(pool.id, '/contacts'), { id });
        return admin.patch(contactPath(id), { lists: index % 3 === 1 ? [...lists, other] : [] });
      }),
      runWaitingJobs().then(() => admin.get(poolPath(other.id))),
    ]);
    // 400: the job was faster, and the contact is asked into a pool that is none any more.
    for (const { status } of answers) expect([200, 400, 404]).toContain(status);
    await runWaitingJobs();
    for (const [index, { id }] of contacts.entries()) {
      const moved = index % 3 === 1 && answers[index + 1]!.status === 200;
      expect((await read(id)).lists).toEqual(moved ? [{ id: other.id, name: other.name }] : []);
    }
    expect(await world.server.sql('select from pool_member where pool_id = $1', [pool.id])).toEqual([]);
  }
});
