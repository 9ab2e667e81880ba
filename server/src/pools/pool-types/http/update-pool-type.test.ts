import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newPool,
  newPoolType,
  poolPath,
  statusesOf,
} from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => `/v1/pooltype/${id}`;
const type = async () => (await newPoolType(world.company, ['Met', 'Called'])).id;
const patch = (id: string, change: unknown) => world.company.admin.patch(path(id), change);
const someName = () => `Type ${randomUUID()}`;

/** A pool of a new type with these steps, and one contact at the first. */
async function staffed(steps: string[]) {
  const { admin } = world.company;
  const poolType = await newPoolType(world.company, steps);
  const pool = await newPool(admin, { poolType: { id: poolType.id } });
  const contact = await newContact(admin, { lists: [{ id: pool.id }] });
  return { poolType, pool, contact, values: poolType.steps.values };
}

describe('PATCH /v1/pooltype/{pooltypeid}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({ path: path(await type()), body: {} }));
  keepsCompaniesApart(world, 'PATCH', type, path, { body: { name: 'Taken over' } });

  it('200: changes what it names, and leaves an audit row', async () => {
    const before = await newPoolType(world.company, ['Met']);
    const name = someName();
    const renamed = await patch(before.id, { name: ` ${name} `, description: 'Of old' });
    expect(renamed.body).toEqual({ ...before, name, description: 'Of old' });
    expect((await patch(before.id, { steps: { sequential: true } })).body.steps).toEqual({
      ...before.steps,
      sequential: true,
    });
    expect((await patch(before.id, { description: null })).body).not.toHaveProperty('description');
    expect((await patch(before.id, { name: name.toUpperCase() })).body.name).toBe(name.toUpperCase());
    expect(await auditTrail(world.server, before.id)).toEqual([
      'pool-type.create',
      ...Array(4).fill('pool-type.update'),
    ]);
  });

  it('200: what it answered can be sent back, and then changes nothing', async () => {
    const before = await newPoolType(world.company, ['Met', 'Called'], { sequential: true });
    const { status, body, headers } = await patch(before.id, before);
    expect(status).toBe(200);
    expect(body).toEqual(before);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(await auditTrail(world.server, before.id)).toEqual(['pool-type.create']);
  });

  it('200: steps keep their ids, by id or by name, and come in the order that was sent', async () => {
    const before = await newPoolType(world.company, ['Met', 'Called', 'Invited']);
    const [met, called, invited] = before.steps.values;
    const { body } = await patch(before.id, {
      steps: {
        values: [
          { name: 'CALLED' },
          { id: invited.id.toUpperCase(), name: 'Asked' },
          { id: 'ours', name: 'Hired' },
          { name: 'New' },
          { name: 'Met' },
        ],
      },
    });
    expect(body.steps.values).toEqual([
      { id: called.id, name: 'CALLED' },
      { id: invited.id, name: 'Asked' },
      { id: 'ours', name: 'Hired' },
      { id: expect.any(String), name: 'New' },
      met,
    ]);
    const ids = new Set([met, called, invited].map(({ id }) => id));
    expect(ids).not.toContain(body.steps.values[3].id);
  });

  it('200: a step without an id does not get that of a step that is named by it', async () => {
    const before = await newPoolType(world.company, ['Met', 'Called']);
    const [met, called] = before.steps.values;
    const { body } = await patch(before.id, {
      steps: { values: [{ name: 'Met' }, { id: met.id, name: 'Seen' }, called] },
    });
    expect(body.steps.values.slice(1)).toEqual([{ id: met.id, name: 'Seen' }, called]);
    expect(body.steps.values[0].id).not.toBe(met.id);
  });

  it('200: a renamed step reads anew wherever a contact stands at it', async () => {
    const { poolType, contact, values } = await staffed(['Met', 'Called']);
    await patch(poolType.id, { steps: { values: [{ id: values[0].id, name: 'Seen' }, values[1]] } });
    const { body } = await world.company.admin.get(contactPath(contact.id, '/pools'));
    expect(body.pools[0].step).toMatchObject({ id: values[0].id, value: 'Seen' });
    expect(body.pools[0].poolType.steps.values[0].name).toBe('Seen');
  });

  it('200: an empty step may go, and one whose contacts were moved, taken out or deleted', async () => {
    const { admin } = world.company;
    const { poolType, pool, contact, values } = await staffed(['Met', 'Called']);
    const gone = await newContact(admin, { lists: [{ id: pool.id }] });
    const out = await newContact(admin, { lists: [{ id: pool.id }] });
    const step = (id: string) => poolPath(pool.id, `/contacts/${id}/step`);
    await made(admin.put(step(contact.id), { id: values[1].id }));
    await made(admin.delete(contactPath(gone.id)));
    await made(admin.delete(poolPath(pool.id, `/contacts/${out.id}`)));
    const { status, body } = await patch(poolType.id, { steps: { values: [values[1]] } });
    expect(status).toBe(200);
    expect(body.steps.values).toEqual([values[1]]);
  });

  it.each([
    ['a blank name', { name: ' ' }, 'name: must not be empty'],
    [
      'two steps of one name',
      { steps: { values: [{ name: 'a' }, { name: 'A' }] } },
      'steps.values[1].name: must not be the name of another step',
    ],
    ['steps: null', { steps: null }, 'steps: must be an object'],
  ])('400: %s, and nothing is changed', async (_what, change, message) => {
    const before = await newPoolType(world.company, ['Met']);
    const answer = await patch(before.id, { description: 'Changed', ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
    expect((await world.company.admin.get(path(before.id))).body).toEqual(before);
  });

  it('403: a type that the caller sees but may not change', async () => {
    const member = await world.company.user('team_member');
    expect((await member.patch(path(await type()), { name: someName() })).status).toBe(403);
  });

  it('409: the name of another type, whatever its case', async () => {
    const { name } = await newPoolType(world.company, []);
    expect((await patch(await type(), { name: name.toUpperCase() })).status).toBe(409);
  });

  it('409: a step at which contacts stand cannot be left out', async () => {
    const { poolType, values } = await staffed(['Met', 'Called']);
    const answer = await patch(poolType.id, { steps: { values: [values[1]] } });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toContain('"Met"');
    expect((await world.company.admin.get(path(poolType.id))).body).toEqual(poolType);
  });

  it('a step that goes while a contact comes to it: one of both happens', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 10; round++) {
      const { poolType, pool, contact, values } = await staffed(['Met', 'Called', 'Invited']);
      const [removed, moved] = await Promise.all([
        patch(poolType.id, { steps: { values: [values[0], values[1]] } }),
        admin.put(poolPath(pool.id, `/contacts/${contact.id}/step`), { id: values[2].id }),
      ]);
      const outcome = [removed.status, moved.status].join();
      expect(['200,400', '409,200']).toContain(outcome);
      const { body } = await admin.get(contactPath(contact.id, '/pools'));
      expect(body.pools[0].step.id).toBe(values[removed.status === 200 ? 0 : 2].id);
    }
  });

  it('the first step goes while contacts are added: they stand at the one that is then the first', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 5; round++) {
      const poolType = await newPoolType(world.company, ['Met', 'Called']);
      const pool = await newPool(admin, { poolType: { id: poolType.id } });
      const contacts = await Promise.all(Array.from({ length: 4 }, () => newContact(admin)));
      const [removed, ...added] = await Promise.all([
        patch(poolType.id, { steps: { values: [poolType.steps.values[1]] } }),
        ...contacts.map(({ id }) => admin.put(poolPath(pool.id, '/contacts'), { id })),
      ]);
      expect(statusesOf(added)).toEqual([200, 200, 200, 200]);
      const left = (await admin.get(path(poolType.id))).body.steps.values;
      expect(left).toHaveLength(removed.status === 200 ? 1 : 2);
      const { body } = await admin.get(poolPath(pool.id, '/contacts'));
      for (const { step } of body.contacts) expect(step.id).toBe(left[0].id);
    }
  });
});
