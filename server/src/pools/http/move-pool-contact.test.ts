import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newPool,
  newPoolType,
  poolPath,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (pool: string, contact: string) => poolPath(pool, `/contacts/${contact}/step`);

/** A contact at the first of the steps of a pool. */
async function standing(more: object = {}, pooled: object = {}) {
  const { admin } = world.company;
  const type = await newPoolType(world.company, ['Met', 'Called', 'Invited'], more);
  const pool = await newPool(admin, { poolType: { id: type.id }, ...pooled });
  const contact = await newContact(admin, { lists: [{ id: pool.id }] });
  const steps: string[] = type.steps.values.map(({ id }: { id: string }) => id);
  const move = (id: string | undefined) => admin.put(path(pool.id, contact.id), { id });
  return { type, pool, contact, steps, move };
}

describe('PUT /v1/pool/{poolid}/contacts/{contactid}/step', () => {
  knowsItsCallers(world, 'PUT', async () => {
    const { pool, contact, steps } = await standing();
    return { path: path(pool.id, contact.id), body: { id: steps[1] } };
  });

  it('200: the contact stands there from now on, is no new version, and an audit row is there', async () => {
    const { pool, contact, steps, move } = await standing();
    const { admin } = world.company;
    const before = (await admin.get(poolPath(pool.id, '/contacts'))).body.contacts[0].step;
    const { status, body } = await move(steps[2]);
    expect(status).toBe(200);
    expect(body).toEqual({ id: steps[2], value: 'Invited', addedToStepAt: expect.stringMatching(/Z$/) });
    expect(Date.parse(body.addedToStepAt)).toBeGreaterThanOrEqual(Date.parse(before.addedToStepAt));
    expect((await admin.get(poolPath(pool.id, '/contacts'))).body.contacts[0].step).toEqual(body);
    expect((await admin.get(contactPath(contact.id, '/pools'))).body.pools[0].step).toEqual(body);
    expect((await admin.get(contactPath(contact.id))).body).toEqual(contact);
    expect(await auditTrail(world.server, contact.id)).toEqual(['contact.create', 'pool.step']);
  });

  it('200: to the step where it is: nothing changes', async () => {
    const { contact, steps, move } = await standing({ sequential: true });
    const first = await made(move(steps[1]));
    expect(await made(move(steps[1]!.toUpperCase()))).toEqual(first);
    expect(await auditTrail(world.server, contact.id)).toEqual(['contact.create', 'pool.step']);
  });

  it('200: what it answered can be sent back', async () => {
    const { pool, contact, steps, move } = await standing();
    const step = await made(move(steps[1]));
    const { body, headers } = await world.company.admin.put(path(pool.id, contact.id), step);
    expect(body).toEqual(step);
    expect(headers.get('x-ignored-fields')).toBeNull();
  });

  it('200 and 409: in a sequential type forward by one, back to any', async () => {
    const { type, contact, pool, steps, move } = await standing({ sequential: true });
    const skipped = await move(steps[2]);
    expect(skipped.status).toBe(409);
    expect(skipped.body.message).toContain('"Called"');
    expect(skipped.body.message).toContain(steps[1]);
    const outcomes = [];
    for (const step of [1, 2, 0, 2, 1]) outcomes.push((await move(steps[step])).status);
    expect(outcomes).toEqual([200, 200, 200, 409, 200]);
    await made(world.company.admin.patch(`/v1/pooltype/${type.id}`, { steps: { sequential: false } }));
    await made(move(steps[0]));
    expect((await move(steps[2])).status).toBe(200);
    const { body } = await world.company.admin.get(poolPath(pool.id, '/contacts'));
    expect(body.contacts).toMatchObject([{ id: contact.id, step: { id: steps[2] } }]);
  });

  it('409: one that stands nowhere yet begins at the first step of a sequential type', async () => {
    const { admin } = world.company;
    const type = await newPoolType(world.company, [], { sequential: true });
    const pool = await newPool(admin, { poolType: { id: type.id } });
    const contact = await newContact(admin, { lists: [{ id: pool.id }] });
    const { body } = await admin.patch(`/v1/pooltype/${type.id}`, {
      steps: { values: [{ name: 'Met' }, { name: 'Called' }] },
    });
    const [met, called] = body.steps.values;
    const statuses = [];
    for (const { id } of [called, met, called]) {
      statuses.push((await admin.put(path(pool.id, contact.id), { id })).status);
    }
    expect(statuses).toEqual([409, 200, 200]);
  });

  it('of several at once in a sequential type none skips a step', async () => {
    for (let round = 0; round < 5; round++) {
      const { steps, move, contact } = await standing({ sequential: true });
      const answers = await Promise.all([move(steps[2]), move(steps[1]), move(steps[2])]);
      expect(statusesOf(answers).filter((status) => status !== 200 && status !== 409)).toEqual([]);
      const moves = (await auditTrail(world.server, contact.id)).length - 1;
      expect(moves).toBe(answers.some(({ status }, index) => index !== 1 && status === 200) ? 2 : 1);
    }
  });

  it('400: no step of the pool’s type', async () => {
    const { move } = await standing();
    const other = await standing();
    for (const id of [other.steps[0], randomUUID(), 'nothing']) {
      const answer = await move(id);
      expect(answer.status).toBe(400);
      expect(answer.body.message).toMatch(/^id: must be the id of a step of the pool's type/);
    }
    expect((await move(undefined)).body.message).toBe('id: is required');
    expect((await move('')).status).toBe(400);
  });

  it('400: a pool without steps', async () => {
    const { admin } = world.company;
    const bare = await newPoolType(world.company, []);
    for (const poolType of [null, { id: bare.id }]) {
      const pool = await newPool(admin, { poolType });
      const contact = await newContact(admin, { lists: [{ id: pool.id }] });
      const answer = await admin.put(path(pool.id, contact.id), { id: randomUUID() });
      expect(answer.status).toBe(400);
      expect(answer.body.message).toBe('id: must be the id of a step; this pool has none');
    }
  });

  it('403: a contact that the caller sees in a pool that it may not change', async () => {
    const restricted = await world.company.user('restricted');
    const { pool, contact, steps } = await standing({}, { shares: { users: [restricted.id] } });
    const recruiter = await world.company.user('recruiter_team_member');
    for (const caller of [restricted, recruiter]) {
      expect((await caller.put(path(pool.id, contact.id), { id: steps[1] })).status).toBe(403);
    }
  });

  it("404: not in the pool, unseen, unknown, another company's", async () => {
    const { admin } = world.company;
    const member = await world.company.user('team_member');
    const { pool, contact, steps } = await standing();
    const hidden = await newContact(admin, { lists: [{ id: pool.id }], confidential: true });
    const outside = await newContact(admin);
    const body = { id: steps[1] };
    const answers = [
      await member.put(path(pool.id, hidden.id), body),
      await member.put(path(pool.id, outside.id), body),
      await member.put(path(pool.id, randomUUID()), body),
      await member.put(path(pool.id, 'none'), body),
      await member.put(path(randomUUID(), contact.id), body),
      await world.other.admin.put(path(pool.id, contact.id), body),
    ];
    expect(statusesOf(answers)).toEqual(answers.map(() => 404));
  });

  it('a contact that is deleted meanwhile holds no step', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 10; round++) {
      const { contact, pool, type, steps, move } = await standing();
      const [moved, gone, changed] = await Promise.all([
        move(steps[1]),
        admin.delete(contactPath(contact.id)),
        admin.patch(poolPath(pool.id), { poolType: null }),
      ]);
      expect([gone.status, changed.status]).toEqual([200, 200]);
      expect([200, 400, 404]).toContain(moved.status);
      expect(
        await world.server.sql('select step_id from pool_member where contact_id = $1', [contact.id]),
      ).toEqual([{ step_id: null }]);
      expect((await admin.delete(`/v1/pooltype/${type.id}`)).status).toBe(200);
    }
  });
});
