import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, eventPath, newEvent } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const event = async () => (await newEvent(world.company)).id;
const cancelPath = (id: string) => eventPath(id, '/cancel');
const read = async (id: string) => (await world.company.admin.get(eventPath(id))).body;

describe('POST /v1/attractEvents/{attractEventId}/cancel', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: cancelPath(await event()) }));
  keepsCompaniesApart(world, 'POST', event, cancelPath, { look: eventPath });

  it('200: says when and by whom, and nothing else of it changes', async () => {
    const before = await newEvent(world.company, { description: 'About it' });
    const caller = await world.company.user('marketing_team_member');
    const { status, body } = await caller.post(cancelPath(before.id));
    expect(status).toBe(200);
    const { flowReg, flowCheckIn } = before.relations;
    expect(body).toEqual({
      ...before,
      status: 'cancelled',
      cancelledAt: expect.any(String),
      cancelledBy: caller.id,
      updatedAt: expect.any(String),
      updatedBy: caller.id,
      relations: {
        flowReg: { ...flowReg, status: 'cancelled' },
        flowCheckIn: { ...flowCheckIn, status: 'cancelled' },
      },
    });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(await read(before.id)).toEqual(body);
    expect(await auditTrail(world.server, before.id)).toEqual(['event.create', 'event.cancel']);
  });

  it('200: again, by whomever, it stays exactly as it was', async () => {
    const id = await event();
    const first = (await world.company.admin.post(cancelPath(id))).body;
    const caller = await world.company.user('marketing_admin');
    const { status, body } = await caller.post(cancelPath(id), {});
    expect([status, body]).toEqual([200, first]);
    expect(await auditTrail(world.server, id)).toEqual(['event.create', 'event.cancel']);
  });

  it('200: a draft, and one that was published again, anew', async () => {
    const before = await newEvent(world.company, { status: 'draft' });
    await world.company.admin.post(cancelPath(before.id));
    await world.server.sql(`update event set cancelled_at = '2020-01-01' where id = $1`, [before.id]);
    const { body: back } = await world.company.admin.put(eventPath(before.id), { status: 'published' });
    expect(back).not.toHaveProperty('cancelledAt');
    expect(back).not.toHaveProperty('cancelledBy');
    const { body } = await world.company.admin.post(cancelPath(before.id));
    expect(body.cancelledAt > '2021').toBe(true);
  });

  it('200: of ten at once one cancels, and all answer the same', async () => {
    const id = await event();
    const callers = await Promise.all(
      Array.from({ length: 10 }, () => world.company.user('marketing_team_member')),
    );
    const answers = await Promise.all(callers.map((caller) => caller.post(cancelPath(id))));
    for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]!.body]);
    expect(await read(id)).toEqual(answers[0]!.body);
    expect(await auditTrail(world.server, id)).toEqual(['event.create', 'event.cancel']);
  });

  it('403: roles that only read events; and what is not there is a 404 to them', async () => {
    const before = await newEvent(world.company);
    for (const role of ['admin', 'team_member', 'marketing_limited', 'restricted'] as const) {
      const caller = await world.company.user(role);
      expect([role, (await caller.post(cancelPath(before.id))).status]).toEqual([role, 403]);
      expect([role, (await caller.post(cancelPath(world.company.admin.id))).status]).toEqual([role, 404]);
    }
    expect(await read(before.id)).toEqual(before);
  });

  it('404: one that is deleted', async () => {
    const id = await event();
    await world.company.admin.delete(eventPath(id));
    expect((await world.company.admin.post(cancelPath(id))).status).toBe(404);
    expect(await auditTrail(world.server, id)).toEqual(['event.create', 'event.delete']);
  });
});
