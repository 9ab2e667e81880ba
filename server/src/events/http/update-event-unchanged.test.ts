import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditTrail, eventPath, newEvent, newUser } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';
import { fullEvent } from './fixtures/full-event.ts';

const world = twoCompanies();
const put = (id: string, change: unknown) => world.company.admin.put(eventPath(id), change);

describe('PUT /v1/attractEvents/{attractEventId}', () => {
  it('200: what it answered changes nothing, whoever sends it, whatever the event says', async () => {
    const owner = await newUser(world.company, { firstName: 'Ada' });
    const second = { timestamp: '2026-10-25T01:30:00Z' };
    for (const made of [
      await newEvent(world.company),
      await fullEvent(world.company),
      await fullEvent(world.company, { status: 'cancelled', owner: { id: owner.id } }),
      await fullEvent(world.company, { start: second, end: second }),
      await fullEvent(world.company, { start: { timestamp: '1850-06-01T11:11:11.111Z' } }),
      await fullEvent(world.company, { timezone: 'asia/calcutta' }),
      await newEvent(world.company, { start: { timestamp: '0001-01-01T00:00:00Z' } }),
      await newEvent(world.company, { start: { timestamp: '9999-12-31T23:59:59.999Z' } }),
    ]) {
      const caller = await world.company.user('marketing_team_member');
      const sent = (await caller.get(eventPath(made.id))).body;
      const { status, body, headers } = await caller.put(eventPath(made.id), sent);
      expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
      expect(body).toEqual(made);
      expect(await auditTrail(world.server, made.id)).toEqual(['event.create']);
    }
  });

  it('200: nothing, and the same in other words, leave no trace', async () => {
    const before = await fullEvent(world.company);
    const values = before.customFields;
    for (const change of [
      {},
      { name: ` ${before.name} `, description: 'About it\n', status: 'draft' },
      { timezone: 'europe/berlin' },
      { timezone: { value: 'Europe/BERLIN', id: null } },
      { start: {}, end: { timestamp: null } },
      { start: { date: '2026-03-20' }, end: { time: '17:00:00.000' } },
      { start: { timestamp: '2026-03-20T09:30+01:00' } },
      { owner: {} },
      { owner: { id: before.owner.id.toUpperCase() } },
      { owner: { id: null, fullName: 'Someone else' } },
      { location: { ...before.location, lat: undefined, lng: undefined, country: ' ' } },
      { location: { ...before.location, geoPoint: null } },
      { customFields: values.toReversed() },
      { customFields: values.map((each: object) => ({ ...each, name: 'x', required: 7, type: 'x' })) },
      { id: randomUUID(), createdAt: 'once', cancelledAt: null, metrics: {}, relations: null },
    ]) {
      const { status, body, headers } = await put(before.id, change);
      expect([change, status, headers.get('x-ignored-fields')]).toEqual([change, 200, null]);
      expect(body).toEqual(before);
    }
    expect(await auditTrail(world.server, before.id)).toEqual(['event.create']);
  });
});
