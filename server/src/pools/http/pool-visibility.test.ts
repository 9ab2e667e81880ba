import { describe, expect, it } from 'vitest';
import { contactPath, made, newContact, newPool, newTeam, poolPath } from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const pool = (more: object = {}) => newPool(world.company.admin, more);
const contact = (more: object = {}) => newContact(world.company.admin, more);

interface Seen {
  id: string;
  primaryEmail: string;
}

/** Whether a caller finds a contact by its id, by its email, in the list, in its count, and in the pool: in all, or none. */
async function sees(caller: Caller, { id, primaryEmail }: Seen, poolId?: string): Promise<boolean> {
  const [byId, byEmail, list, deeper] = await Promise.all([
    caller.get(contactPath(id)),
    caller.get(`/v1/contacts?email=${primaryEmail}`),
    caller.get('/v1/contacts'),
    caller.get(contactPath(id, '/pools')),
  ]);
  const ids = list.body.contacts.map((one: Seen) => one.id);
  expect(list.body.total_count).toBe(ids.length);
  const answers = [
    byId.status === 200,
    byEmail.body.total_count === 1,
    ids.includes(id),
    deeper.status === 200,
  ];
  if (poolId) {
    const within = await caller.get(poolPath(poolId, '/contacts'));
    answers.push(within.body.contacts.some((one: Seen) => one.id === id));
    expect((await caller.get(poolPath(poolId))).body.contactCount).toBe(within.body.totalCount);
  }
  expect(new Set(answers).size, `by id, by email, listed, its pools, in the pool: ${answers}`).toBe(1);
  return answers[0]!;
}

describe('a public pool', () => {
  it.each(['limited', 'marketing_limited'] as const)(
    'opens its contacts to %s, at once and while it lasts',
    async (role) => {
      const { admin } = world.company;
      const reader = await world.company.user(role);
      const [{ id }, one] = await Promise.all([pool(), contact()]);
      const visibility = (value: string) => made(admin.patch(poolPath(id), { visibility: value }));
      expect(await sees(reader, one, id)).toBe(false);
      await made(admin.put(poolPath(id, '/contacts'), { id: one.id }));
      expect(await sees(reader, one, id)).toBe(false);
      await visibility('public');
      expect(await sees(reader, one, id)).toBe(true);
      await visibility('private');
      expect(await sees(reader, one, id)).toBe(false);
      await visibility('public');
      await made(admin.delete(poolPath(id, `/contacts/${one.id}`)));
      expect(await sees(reader, one, id)).toBe(false);
      await made(admin.patch(contactPath(one.id), { lists: [{ id }] }));
      expect(await sees(reader, one, id)).toBe(true);
      await made(admin.delete(poolPath(id)));
      expect(await sees(reader, one)).toBe(false);
    },
  );

  it('opens no confidential contact, and none to the role restricted', async () => {
    const { company } = world;
    const limited = await company.user('limited');
    const restricted = await company.user('restricted');
    const { id } = await pool({ visibility: 'public' });
    const lists = [{ id }];
    const [open, confidential, kept] = [
      await contact({ lists }),
      await contact({ lists, confidential: true }),
      await contact({ lists, confidentiality: { shares: { users: [company.admin.id] } } }),
    ];
    const given = await contact({ lists, confidentiality: { shares: { users: [limited.id] } } });
    expect(await sees(limited, open, id)).toBe(true);
    expect(await sees(limited, confidential, id)).toBe(false);
    expect(await sees(limited, kept, id)).toBe(false);
    expect(await sees(limited, given, id)).toBe(true);
    for (const one of [open, confidential, kept, given]) expect(await sees(restricted, one)).toBe(false);
  });

  it("opens nothing of another company's", async () => {
    const { id } = await pool({ visibility: 'public' });
    const one = await contact({ lists: [{ id }] });
    expect(await sees(await world.other.user('limited'), one)).toBe(false);
  });

  it('opens a contact that was deleted since to the list of the deleted', async () => {
    const { admin } = world.company;
    const limited = await world.company.user('limited');
    const type = (await made(
      admin.post('/v1/pooltype', { name: 'Left behind', steps: { values: [{ name: 'Met' }] } }),
    )) as { id: string };
    const [shown, hidden] = [await pool({ visibility: 'public', poolType: type }), await pool()];
    const [one, other] = [await contact({ lists: [shown] }), await contact({ lists: [hidden] })];
    await made(admin.delete(contactPath(one.id)));
    await made(admin.delete(contactPath(other.id)));
    const { ids } = (await limited.get('/v1/contacts/deleted?type=deleted')).body;
    expect(ids).toContain(one.id);
    expect(ids).not.toContain(other.id);
    expect(
      await world.server.sql('select step_id, step_at, pool_type_id from pool_member where contact_id = $1', [
        one.id,
      ]),
    ).toEqual([{ step_id: null, step_at: null, pool_type_id: null }]);
  });
});

describe('a pool that is shared', () => {
  it('opens its contacts to the role restricted, with itself or its team, at once and while it lasts', async () => {
    const { company } = world;
    const restricted = await company.user('restricted');
    const team = await newTeam(company, [restricted]);
    const { id } = await pool({ visibility: 'public' });
    const one = await contact({ lists: [{ id }] });
    const share = (shares: object) => made(company.admin.patch(poolPath(id), { shares }));
    expect(await sees(restricted, one)).toBe(false);
    await share({ users: [restricted.id] });
    expect(await sees(restricted, one, id)).toBe(true);
    await share({ teams: [team.id] });
    expect(await sees(restricted, one, id)).toBe(true);
    await made(company.admin.patch(`/v1/teams/${team.id}`, { members: [] }));
    expect(await sees(restricted, one)).toBe(false);
    await made(company.admin.patch(`/v1/teams/${team.id}`, { members: [restricted.id] }));
    expect(await sees(restricted, one, id)).toBe(true);
    await share({ users: [], teams: [] });
    expect(await sees(restricted, one)).toBe(false);
  });

  it('opens nothing to the role limited, and no confidential contact', async () => {
    const { company } = world;
    const [limited, restricted] = [await company.user('limited'), await company.user('restricted')];
    const { id } = await pool({ shares: { users: [limited.id, restricted.id] } });
    const [open, confidential] = [
      await contact({ lists: [{ id }] }),
      await contact({ lists: [{ id }], confidential: true }),
    ];
    expect(await sees(limited, open, id)).toBe(false);
    expect(await sees(restricted, open, id)).toBe(true);
    expect(await sees(restricted, confidential, id)).toBe(false);
  });

  it('is all that the role restricted reads in `lists`', async () => {
    const { company } = world;
    const restricted = await company.user('restricted');
    const [shared, unseen] = [
      await pool({ shares: { users: [restricted.id] } }),
      await pool({ visibility: 'public' }),
    ];
    const one = await contact({ lists: [unseen, shared] });
    const entry = { id: shared.id, name: shared.name };
    expect((await restricted.get(contactPath(one.id))).body.lists).toEqual([entry]);
    const { body } = await restricted.get('/v1/contacts');
    expect(body.contacts).toMatchObject([{ id: one.id, lists: [entry] }]);
    const limited = await company.user('limited');
    expect((await limited.get(contactPath(one.id))).body.lists).toHaveLength(2);
  });
});
