import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { crowdOf, idsIn, query, walk } from '../../../test/changes.ts';
import { made, newContact, someEmail } from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import type { Database } from '../../platform/db/database.ts';
import { blankContact } from '../contact.ts';
import { insertContact, takeSeats, takeUpdatedSeat } from '../contact-store.ts';

const world = twoCompanies();

const crowd = (count: number) => crowdOf(world.server, count);

/** A write that has taken its time of change and is not over before the function that this answers is called. */
async function writeUnderWay(database: Database, companyId: number): Promise<() => Promise<void>> {
  const taken = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const write = database.transaction(async (tx) => {
    await takeUpdatedSeat(tx, companyId);
    taken.resolve();
    await ended.promise;
  });
  await taken.promise;
  return () => {
    ended.resolve();
    return write;
  };
}

describe('GET /v1/contacts by time of change, page by page by offset', () => {
  it('passes over no contact while those that were read are changed', async () => {
    const { admin, since, ids } = await crowd(30);
    const seen = await walk(admin, since, 5, async (page) => {
      if (page > 5) return;
      // Each of these moves to the end of the list, and what stood behind it one up.
      for (const id of ids.slice((page - 1) * 3, page * 3))
        await made(admin.patch(`/v1/contact/${id}`, { skills: [someEmail()] }));
    });
    expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
  });

  it('shows at the end what changed meanwhile, and what was created', async () => {
    const { admin, since, ids } = await crowd(9);
    let added = '';
    const seen = await walk(admin, since, 3, async (page) => {
      if (page !== 1) return;
      await made(admin.patch(`/v1/contact/${ids[0]}`, { skills: ['SQL'] }));
      added = (await newContact(admin)).id;
    });
    expect(seen).toEqual([...ids, ids[0], added]);
  });

  it('comes to an end where contacts are deleted meanwhile, and passes over none of the others', async () => {
    const { admin, since, ids } = await crowd(20);
    const gone = ids.slice(8, 12);
    const seen = await walk(admin, since, 4, async (page) => {
      if (page === 1) for (const id of gone) await made(admin.delete(`/v1/contact/${id}`));
    });
    expect([...new Set(seen)].toSorted()).toEqual(ids.filter((id) => !gone.includes(id)).toSorted());
  });

  it('keeps the places of one reader while another one finds contacts gone', async () => {
    const { admin, since, ids } = await crowd(12);
    const idsOf = async (offset: number) => {
      const { body } = await admin.get(query(since, offset, 2));
      return body.contacts.map(({ id }: { id: string }) => id);
    };
    for (const offset of [0, 2, 4]) await idsOf(offset);
    await idsOf(0);
    for (const id of ids.slice(2, 4)) await made(admin.post(`/v1/contact/${id}/archive`));
    await idsOf(2);
    const rest = [...(await idsOf(6)), ...(await idsOf(8)), ...(await idsOf(10))];
    expect(rest).toEqual(ids.slice(6));
  });

  it('tells who begins a second reading how long it will be', async () => {
    const { admin, since, ids } = await crowd(8);
    await admin.get(query(since, 0, 4));
    for (const id of ids.slice(0, 4)) await made(admin.patch(`/v1/contact/${id}`, { skills: ['SQL'] }));
    const { body: first } = await admin.get(query(since, 0, 4));
    const { body: second } = await admin.get(query(since, 4, 4));
    expect([first.total_count, second.total_count]).toEqual([12, 12]);
  });

  it('says in the middle how long it is by now', async () => {
    const { admin, since, ids } = await crowd(7);
    await admin.get(query(since, 0, 2));
    await made(admin.patch(`/v1/contact/${ids[6]}`, { skills: ['SQL'] }));
    await newContact(admin);
    expect((await admin.get(query(since, 2, 2))).body).toMatchObject({ last_batch: 2, total_count: 9 });
    expect((await admin.get(query(since, 4, 0))).body).toMatchObject({ last_batch: 0, total_count: 9 });
  });

  it('passes over nobody behind a first page that is longer than an earlier reading', async () => {
    const { admin, since, ids } = await crowd(5);
    await admin.get(query(since, 0, 2));
    for (let index = 0; index < 5; index++) ids.push((await newContact(admin)).id);
    const seen = await walk(admin, since, 6, async (page) => {
      if (page === 1) await made(admin.patch(`/v1/contact/${ids[0]}`, { skills: ['SQL'] }));
    });
    expect(seen).toEqual([...ids, ids[0]]);
  });

  it('is another list to a reader whose roles are others by now', async () => {
    const { server } = world;
    const company = await server.company();
    const reader = await company.user('limited');
    const since = new Date().toISOString();
    for (let index = 0; index < 4; index++) await newContact(reader);
    for (let index = 0; index < 4; index++) await newContact(company.admin);
    expect(await walk(reader, since, 3)).toHaveLength(4);
    await company.admin.put(`/v1/acl/user/${reader.id}`, ['team_member']);
    expect(new Set(await walk(reader, since, 3)).size).toBe(8);
  });

  it('ends where the last ones are deleted', async () => {
    const { admin, since, ids } = await crowd(5);
    const seen = await walk(admin, since, 4, async (page) => {
      if (page === 1) await made(admin.delete(`/v1/contact/${ids[4]}`));
    });
    expect(seen).toEqual(ids.slice(0, 4));
  });

  it('ends with a full page that has a contact less than places', async () => {
    const { admin, since, ids } = await crowd(10);
    await admin.get(query(since, 0, 5));
    await made(admin.delete(`/v1/contact/${ids[5]}`));
    const last = await admin.get(query(since, 5, 4));
    expect(idsIn(last)).toEqual(ids.slice(6));
    expect(last.body.total_count).toBe(9);
  });

  it('passes over nobody for two who read the same at once, and for who comes again', async () => {
    const { admin, since, ids } = await crowd(12);
    const later: string[] = [];
    const first = await walk(admin, since, 3, async (page) => {
      if (page !== 1) return;
      for (const id of ids.slice(0, 3)) await made(admin.patch(`/v1/contact/${id}`, { skills: ['SQL'] }));
      later.push(...(await walk(admin, since, 2)));
    });
    for (const seen of [first, later, await walk(admin, since, 5)])
      expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
  });

  it('is the list as it stands to who begins in the middle', async () => {
    const { admin, since, ids } = await crowd(6);
    await made(admin.patch(`/v1/contact/${ids[0]}`, { skills: ['SQL'] }));
    const { body } = await admin.get(query(since, 3, 3));
    expect(body.contacts.map(({ id }: { id: string }) => id)).toEqual([...ids.slice(4), ids[0]]);
    expect(body.total_count).toBe(6);
  });

  it('is one reader’s alone', async () => {
    const { admin, since, ids } = await crowd(6);
    const others = await world.other.admin.get(query(since, 3, 3));
    await admin.get(query(since, 0, 3));
    expect((await world.other.admin.get(query(since, 3, 3))).body).toEqual(others.body);
    const foreign = await world.other.admin.get(query(since, 0, 200));
    expect(foreign.body.contacts.filter(({ id }: { id: string }) => ids.includes(id))).toEqual([]);
  });

  it('shows a reader only what it sees by then', async () => {
    const company = await world.server.company();
    const reader = await company.user('team_member');
    const since = new Date().toISOString();
    const ids: string[] = [];
    for (let index = 0; index < 6; index++) ids.push((await newContact(company.admin)).id);
    const seen = await walk(reader, since, 3, async (page) => {
      if (page === 1) await made(company.admin.patch(`/v1/contact/${ids[4]}`, { confidential: true }));
    });
    expect(seen).toEqual(ids.filter((_, index) => index !== 4));
  });
});

/** Whether a list is waiting for writes to be over. */
async function waitsForSettled(): Promise<boolean> {
  const [row] = await world.server.sql<{ waits: boolean }>(
    "select exists (select from pg_stat_activity a where a.datname = current_database() and a.state = 'active' and a.query like '%contact_settled(%' and a.pid <> pg_backend_pid()) as waits",
  );
  return row!.waits;
}

describe('GET /v1/contacts of what changed since some time', () => {
  const changesOf = async (reader: Caller, since: string, sort: string) => {
    const path = `/v1/contacts?updated_at=${since}&updated_at_op=gte&${sort}`;
    const { contacts, total_count } = (await reader.get(path)).body;
    return { ids: contacts.map((contact: { id: string }) => contact.id), total: total_count };
  };

  it.each(['sort_field=updatedAt', 'sort_field=updatedAt&sort_order=desc'])(
    '%s: ends before a write that is under way, and has everything once that one is over',
    async (sort) => {
      const { admin, id: companyId } = await world.server.company();
      const since = new Date().toISOString();
      const { id } = await newContact(admin);
      expect(await changesOf(admin, since, sort)).toEqual({ ids: [id], total: 1 });
      // It has its time of change, and commits after a later one was read.
      const end = await writeUnderWay(world.server.database, companyId);
      await made(admin.patch(`/v1/contact/${id}`, { skills: ['SQL'] }));
      const later = (await newContact(admin)).id;
      expect(await changesOf(admin, since, sort)).toEqual({ ids: [], total: 0 });
      await end();
      expect((await changesOf(admin, since, sort)).ids.toSorted()).toEqual([id, later].toSorted());
    },
  );

  it('in any other order: a contact that is just being changed keeps its place, so that none behind it moves up', async () => {
    const { admin, id: companyId } = await world.server.company();
    const since = new Date().toISOString();
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) ids.push((await newContact(admin)).id);
    const end = await writeUnderWay(world.server.database, companyId);
    await made(admin.patch(`/v1/contact/${ids[1]}`, { skills: ['SQL'] }));
    expect(await changesOf(admin, since, 'sort_field=createdAt')).toEqual({ ids, total: 4 });
    await end();
  });

  it('in any other order: has a write that is under way when it is asked for', async () => {
    const { admin, id: companyId } = await world.server.company();
    const since = new Date().toISOString();
    const taken = Promise.withResolvers<void>();
    // It is over once the list waits for it, and its contact was not there before.
    const underWay = world.server.database.transaction(async (tx) => {
      const seats = await takeSeats(tx, companyId, undefined);
      taken.resolve();
      await vi.waitFor(async () => expect(await waitsForSettled()).toBe(true));
      const contact = {
        ...blankContact(randomUUID()),
        createdTime: seats.created_at,
        updatedTime: seats.updated_at,
      };
      await insertContact(tx, companyId, contact, [], seats);
      return contact.id;
    });
    await taken.promise;
    const { ids } = await changesOf(admin, since, 'sort_field=createdAt');
    expect(ids).toEqual([await underWay]);
  });

  it('has at once what was acknowledged a moment before, and waits for nobody else’s company', async () => {
    const { admin } = await world.server.company();
    const { database } = world.server;
    const end = await writeUnderWay(database, world.other.id);
    const since = new Date().toISOString();
    for (let index = 0; index < 20; index++) {
      const { id } = await newContact(admin);
      const { body } = await admin.get(`/v1/contacts?updated_at=${since}&updated_at_op=gte`);
      expect(body.contacts.at(-1)?.id).toBe(id);
    }
    await end();
  });
});
