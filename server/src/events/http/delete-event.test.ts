import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { keepsCompaniesApart } from '../../../test/every-operation.ts';
import { auditTrail, eventPath, newEvent } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const event = async () => (await newEvent(world.company)).id;

describe('DELETE /v1/attractEvents/{attractEventId}', () => {
  keepsCompaniesApart(world, 'DELETE', event, eventPath);

  it('204: with the token in each form, with a trailing slash; without a body', async () => {
    const { token } = world.company.admin;
    for (const [authorization, slash] of [
      [token, ''],
      [`Bearer ${token}`, '/'],
      [`Token ${token}`, ''],
    ] as const) {
      const { status, body } = await world.server.call('DELETE', `${eventPath(await event())}${slash}`, {
        headers: { authorization },
      });
      expect([status, body]).toEqual([204, '']);
    }
  });

  it('401: without a token, or with a meaningless one', async () => {
    const path = eventPath(await event());
    for (const headers of [{}, { authorization: '' }, { authorization: 'Bearer x' }])
      expect((await world.server.call('DELETE', path, { headers })).status).toBe(401);
    expect((await world.company.admin.get(path)).status).toBe(200);
  });

  it('404: to every request from then on; its row stays, and says when and by whom', async () => {
    const { admin } = world.company;
    const caller = await world.company.user('marketing_admin');
    const made = await newEvent(world.company);
    expect((await caller.delete(eventPath(made.id))).status).toBe(204);
    const start = made.start;
    for (const answer of [
      admin.get(eventPath(made.id)),
      admin.put(eventPath(made.id), {}),
      admin.put(eventPath(made.id), { name: 'Back' }),
      admin.delete(eventPath(made.id)),
      admin.post(eventPath(made.id, '/cancel')),
      admin.post(`/v1/attractEvents/clone/${made.id}`, { start }),
    ])
      expect((await answer).status).toBe(404);
    const { body } = await admin.post('/v1/attractEvents/search', {
      data: [{ id: { op: 'EQ', value: made.id }, deletedAt: { op: 'NEQ', value: null } }],
    });
    expect(body).toEqual({
      data: [{ ...made, deletedAt: expect.any(String), deletedBy: caller.id }],
      total: 1,
    });
    expect(await auditTrail(world.server, made.id)).toEqual(['event.create', 'event.delete']);
  });

  it('204: of ten at once one deletes', async () => {
    const id = await event();
    const statuses = await atOnce(10, () => world.company.admin.delete(eventPath(id)));
    expect(statuses).toEqual([204, ...Array(9).fill(404)]);
    expect(await auditTrail(world.server, id)).toEqual(['event.create', 'event.delete']);
  });

  it('204: who changes or cancels it at that moment does so before, or finds it gone', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 5; round++) {
      const id = await event();
      const [gone, changed, cancelled] = await Promise.all([
        admin.delete(eventPath(id)),
        admin.put(eventPath(id), { name: 'Late' }),
        admin.post(eventPath(id, '/cancel')),
      ]);
      expect(gone.status).toBe(204);
      for (const { status } of [changed, cancelled]) expect([200, 404]).toContain(status);
      const trail = await auditTrail(world.server, id);
      expect(trail.includes('event.update')).toBe(changed.status === 200);
      expect(trail.includes('event.cancel')).toBe(cancelled.status === 200);
    }
  });

  it('403: who writes events without deleting them, or only reads them; what is not there is a 404 to them', async () => {
    const path = eventPath(await event());
    for (const role of ['marketing_team_member', 'admin', 'team_member', 'restricted'] as const) {
      const caller = await world.company.user(role);
      expect([role, (await caller.delete(path)).status]).toEqual([role, 403]);
      expect([role, (await caller.delete(eventPath(randomUUID()))).status]).toEqual([role, 404]);
    }
    expect((await world.company.admin.get(path)).status).toBe(200);
  });
});
