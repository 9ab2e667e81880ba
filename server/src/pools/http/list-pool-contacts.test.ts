import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, made, newContact, newPool, newPoolType, poolPath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (id: string, query = '') => poolPath(id, `/contacts${query}`);
const pool = async (more: object = {}) => (await newPool(world.company.admin, more)).id;
const contact = async (id: string, more: object = {}) =>
  newContact(world.company.admin, { lists: [{ id }], ...more });

describe('GET /v1/pool/{poolid}/contacts', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await pool()) }));
  keepsCompaniesApart(world, 'GET', pool, path);

  it('200: as they were added, a page at a time, with what is set', async () => {
    const { admin } = world.company;
    const id = await pool();
    const [first, second, third] = [
      await newContact(admin),
      await newContact(admin, { fullName: undefined }),
      await newContact(admin, { emails: [] }),
    ];
    for (const one of [third, first, second]) await made(admin.put(path(id), { id: one.id }));
    const date = expect.stringMatching(/^\d{4}-.*Z$/);
    const entries = [
      { id: third.id, fullName: third.fullName, date },
      { id: first.id, fullName: first.fullName, primaryEmail: first.primaryEmail, date },
      { id: second.id, primaryEmail: second.primaryEmail, date },
    ];
    expect((await admin.get(path(id))).body).toEqual({ contacts: entries, totalCount: 3 });
    expect((await admin.get(path(id, '?skip=1&limit=1'))).body).toEqual({
      contacts: [entries[1]],
      totalCount: 3,
    });
    expect((await admin.get(path(id, '?limit=0'))).body).toEqual({ contacts: [], totalCount: 3 });
    expect((await admin.get(path(id, '?skip=3'))).body).toEqual({ contacts: [], totalCount: 3 });
  });

  it('200: fifty unless the limit says otherwise; those that came together are ordered by id', async () => {
    const { admin } = world.company;
    const id = await pool();
    const contacts = await Promise.all(Array.from({ length: 51 }, () => newContact(admin)));
    const ids = contacts.map((one) => one.id);
    await made(admin.put(path(id), { ids }));
    const idsOf = async (query: string) =>
      (await admin.get(path(id, query))).body.contacts.map((one: { id: string }) => one.id);
    expect(await idsOf('')).toEqual(ids.toSorted().slice(0, 50));
    expect(await idsOf('?limit=200')).toEqual(ids.toSorted());
  });

  it('200: none that is archived, anonymised or deleted, until it is back', async () => {
    const { admin } = world.company;
    const id = await pool();
    const [stays, archived, anonymised, deleted] = [
      await contact(id),
      await contact(id),
      await contact(id),
      await contact(id),
    ];
    await made(admin.post(contactPath(archived.id, '/archive')));
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    await made(admin.delete(contactPath(deleted.id)));
    const { body } = await admin.get(path(id));
    expect(body).toMatchObject({ contacts: [{ id: stays.id }], totalCount: 1 });
    await made(admin.post(contactPath(archived.id, '/unarchive')));
    await made(admin.post(contactPath(anonymised.id, '/deanonymize')));
    expect((await admin.get(path(id))).body.totalCount).toBe(3);
  });

  it('200: by the step at which they stand', async () => {
    const { admin } = world.company;
    const type = await newPoolType(world.company, ['Met', 'Called']);
    const [met, called] = type.steps.values;
    const id = await pool({ poolType: { id: type.id } });
    const [one, two] = [await contact(id), await contact(id)];
    await made(admin.put(path(id, `/${two.id}/step`), { id: called.id }));
    const at = async (step: string) => (await admin.get(path(id, `?step=${step}`))).body;
    expect(await at(met.id)).toMatchObject({ contacts: [{ id: one.id }], totalCount: 1 });
    const found = await at(called.id.toUpperCase());
    expect(found).toMatchObject({ contacts: [{ id: two.id }], totalCount: 1 });
    expect(found.contacts[0].step).toEqual({
      id: called.id,
      value: 'Called',
      addedToStepAt: expect.stringMatching(/Z$/),
    });
    expect(await at('none')).toEqual({ contacts: [], totalCount: 0 });
    expect((await at('')).totalCount).toBe(2);
  });

  it('200: each reader finds and counts what it may see', async () => {
    const { company } = world;
    const [member, limited, restricted] = [
      await company.user('team_member'),
      await company.user('limited'),
      await company.user('restricted'),
    ];
    const id = await pool({ shares: { users: [restricted.id] } });
    await contact(id);
    await contact(id, { confidential: true });
    const own = await contact(id, { assignedTo: limited.id });
    const count = async (reader: typeof member) => (await reader.get(path(id))).body.totalCount;
    expect(await count(company.admin)).toBe(3);
    expect(await count(member)).toBe(2);
    expect(await count(restricted)).toBe(2);
    expect((await limited.get(path(id))).body).toMatchObject({ contacts: [{ id: own.id }], totalCount: 1 });
  });

  it.each(['?limit=201', '?limit=-1', '?skip=-1', '?skip=x', `?step=${'x'.repeat(101)}`])(
    '400: %s',
    async (query) => {
      expect((await world.company.admin.get(path(await pool(), query))).status).toBe(400);
    },
  );

  it('404: a pool that the role restricted does not see', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(path(await pool({ visibility: 'public' })))).status).toBe(404);
  });
});
