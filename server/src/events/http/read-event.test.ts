import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { eventPath, newContact, newEvent, newUser } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ROLES } from '../../identity/permissions.ts';

const world = twoCompanies();
const event = async () => (await newEvent(world.company)).id;

describe('GET /v1/attractEvents/{attractEventId}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: eventPath(await event()) }));
  keepsCompaniesApart(world, 'GET', event, eventPath);

  it('200: by its id in either case', async () => {
    const made = await newEvent(world.company);
    const { status, body } = await world.company.admin.get(eventPath(made.id.toUpperCase()));
    expect([status, body]).toEqual([200, made]);
  });

  it('200: to every role, drafts and cancelled ones too; the link to check-in is for who writes events', async () => {
    const callers = await Promise.all(
      ROLES.map(async (role) => [role, await world.company.user(role)] as const),
    );
    for (const state of ['published', 'draft', 'cancelled']) {
      const made = await newEvent(world.company, { status: state });
      const { flowCheckIn: _, ...relations } = made.relations;
      for (const [role, caller] of callers) {
        const { status, body } = await caller.get(eventPath(made.id));
        expect([role, status]).toEqual([role, 200]);
        const writes = ['super_admin', 'marketing_admin', 'marketing_team_member'].includes(role);
        expect(body).toEqual(writes ? made : { ...made, relations });
        if (!writes) expect(JSON.stringify(body)).not.toContain('check-in');
      }
    }
  });

  it('200: several roles together, the link is there when one of them writes', async () => {
    const { id } = await newEvent(world.company);
    const both = await world.company.user('restricted', 'marketing_team_member');
    expect((await both.get(eventPath(id))).body.relations.flowCheckIn).toBeDefined();
  });

  it('200: counts of who reached at least each step, of this event alone', async () => {
    const [made, other] = [await newEvent(world.company), await newEvent(world.company)];
    const come = async (eventId: string, status: string, count: number) => {
      for (let each = 0; each < count; each++)
        await world.server.sql(
          'insert into event_attendee (company_id, event_id, contact_id, status) values ($1, $2, $3, $4)',
          [world.company.id, eventId, (await newContact(world.company.admin)).id, status],
        );
    };
    await come(made.id, 'prospect', 1);
    await come(made.id, 'invited', 2);
    await come(made.id, 'registered', 2);
    await come(made.id, 'attended', 1);
    await come(other.id, 'attended', 1);
    const { body } = await world.company.admin.get(eventPath(made.id));
    expect(body.metrics.funnel).toEqual({ prospect: 6, invited: 5, registered: 3, attended: 1 });
    expect(body.metrics.attendanceRate).toBe(0.333);
    expect(body.updatedAt).toBe(made.updatedAt);
  });

  it('200: the owner by its name as it is now; without one after it was deleted', async () => {
    const owner = await newUser(world.company, { firstName: 'Ada' });
    const made = await newEvent(world.company, { owner: { id: owner.id.toUpperCase() } });
    expect(made.owner).toEqual({ id: owner.id, firstName: 'Ada', fullName: 'Ada' });
    await world.company.admin.put(`/v1/user/${owner.id}`, { lastName: 'King' });
    const read = async () => (await world.company.admin.get(eventPath(made.id))).body;
    expect((await read()).owner).toEqual({
      id: owner.id,
      firstName: 'Ada',
      lastName: 'King',
      fullName: 'Ada King',
    });
    await world.company.admin.delete(`/v1/user/${owner.id}`);
    const { owner: _, ...rest } = made;
    expect(await read()).toEqual(rest);
  });

  it('404: whatever names none', async () => {
    for (const name of [randomUUID(), 'none', '%', 'search', 'clone', '0', "' or 1=1 --", 'x'.repeat(100)])
      expect((await world.company.admin.get(eventPath(encodeURIComponent(name)))).status).toBe(404);
  });
});
