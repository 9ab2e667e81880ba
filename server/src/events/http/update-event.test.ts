import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, eventPath, newEvent, newUser } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { fullEvent } from './fixtures/full-event.ts';

const world = twoCompanies();
const event = async () => (await newEvent(world.company)).id;
const put = (id: string, change: unknown) => world.company.admin.put(eventPath(id), change);
const read = async (id: string) => (await world.company.admin.get(eventPath(id))).body;
/** What a change answers, without when it was. */
const changed = async (id: string, change: object): Promise<Answer['body']> => {
  const { status, body } = await put(id, change);
  expect(status).toBe(200);
  expect(await read(id)).toEqual(body);
  return body;
};

describe('PUT /v1/attractEvents/{attractEventId}', () => {
  knowsItsCallers(world, 'PUT', async () => ({ path: eventPath(await event()), body: {} }));
  keepsCompaniesApart(world, 'PUT', event, eventPath, { body: { name: 'Mine' } });

  it('200: what it names is replaced, the rest stays; it says who did when; an audit row', async () => {
    const before = await fullEvent(world.company);
    const caller = await world.company.user('marketing_team_member');
    const change = { name: ' Meetup ', type: 'other', status: 'published', location: { city: 'Oslo' } };
    const { status, body, headers } = await caller.put(eventPath(before.id), change);
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    expect(body).toEqual({
      ...before,
      ...change,
      name: 'Meetup',
      relations: body.relations,
      updatedAt: body.updatedAt,
      updatedBy: caller.id,
    });
    for (const flow of ['flowReg', 'flowCheckIn'])
      expect(body.relations[flow]).toEqual({ ...before.relations[flow], status: 'published' });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(await read(before.id)).toEqual(body);
    const rows = await world.server.sql(
      'select actor_id, action, fields from audit_entry where subject_id = $1 order by at, id offset 1',
      [before.id],
    );
    expect(rows).toEqual([{ actor_id: caller.id, action: 'event.update', fields: Object.keys(change) }]);
  });

  it('200: null and the empty text clear', async () => {
    const before = await fullEvent(world.company);
    for (const name of ['description', 'locationUrl', 'locationType', 'location', 'image', 'end', 'owner']) {
      const body = await changed(before.id, { [name]: null });
      expect(body).not.toHaveProperty(name);
    }
    expect((await changed(before.id, { customFields: null })).customFields).toEqual([]);
    expect((await changed(before.id, { status: null })).status).toBe('published');
    expect((await changed(before.id, { timezone: null })).timezone.id).toBe('UTC');
    const other = await fullEvent(world.company);
    const empty = { description: '', locationUrl: ' ', image: { name: '', url: '' }, location: { city: '' } };
    const body = await changed(other.id, { ...empty, customFields: [] });
    for (const name of Object.keys(empty)) expect(body).not.toHaveProperty(name);
    expect(body.customFields).toEqual([]);
  });

  it('200: cancelled by its status, and no longer; once is enough', async () => {
    const before = await newEvent(world.company);
    const gone = await changed(before.id, { status: 'cancelled' });
    expect(gone).toMatchObject({ status: 'cancelled', cancelledBy: world.company.admin.id });
    const caller = await world.company.user('marketing_admin');
    expect((await caller.put(eventPath(before.id), { status: 'cancelled' })).body).toEqual(gone);
    const renamed = await changed(before.id, { name: 'Was to be' });
    expect(renamed).toEqual({ ...gone, name: 'Was to be', updatedAt: renamed.updatedAt });
    const back = await changed(before.id, { status: 'published', name: before.name });
    expect(back).toEqual({ ...before, updatedAt: back.updatedAt });
  });

  it('200: another owner; one who is gone cannot become it', async () => {
    const { id } = await newEvent(world.company);
    const owner = await newUser(world.company, { firstName: 'Ada' });
    expect((await changed(id, { owner: { id: owner.id } })).owner).toEqual({
      id: owner.id,
      firstName: 'Ada',
      fullName: 'Ada',
    });
    await changed(id, { owner: { id: world.company.admin.id } });
    await world.company.admin.delete(`/v1/user/${owner.id}`);
    const { status, body } = await put(id, { owner: { id: owner.id } });
    expect([status, body.message]).toEqual([400, 'owner.id: must be the id of a user']);
  });

  it('200: unknown properties are ignored and named', async () => {
    const before = await newEvent(world.company);
    const { body, headers } = await put(before.id, {
      zodiac: 'leo',
      timezone: { ...before.timezone, dst: 1 },
    });
    expect(headers.get('x-ignored-fields')).toBe('zodiac, timezone.dst');
    expect(body).toEqual(before);
  });

  it('400: whatever does not fit, named by its path, and nothing is changed', async () => {
    const before = await fullEvent(world.company);
    const cases: [object, string][] = [
      [{ name: null }, 'name'],
      [{ name: ' ' }, 'name'],
      [{ type: null }, 'type'],
      [{ type: 'party' }, 'type'],
      [{ start: null }, 'start'],
      [{ start: { date: '2026-03-21' } }, 'end'],
      [{ start: { date: '2026-02-30' } }, 'start.date'],
      [{ start: { time: 'noon' } }, 'start.time'],
      [{ start: { timestamp: 'x'.repeat(41) } }, 'start.timestamp'],
      [{ start: { date: '2026-03-19', timestamp: '2026-03-20T00:00:00Z' } }, 'start.timestamp'],
      [{ end: { time: '09:29' } }, 'end'],
      [{ end: { timestamp: '2026-03-20T08:29:59Z' } }, 'end'],
      [{ timezone: '+01:00' }, 'timezone'],
      [{ timezone: { id: 'Nowhere' } }, 'timezone.id'],
      [{ status: 'deleted' }, 'status'],
      [{ locationType: '' }, 'locationType'],
      [{ locationUrl: 'javascript:alert(1)' }, 'locationUrl'],
      [{ location: { lat: 1 } }, 'location.lng'],
      [{ location: { geoPoint: { lat: 1, lon: 181 } } }, 'location.geoPoint.lon'],
      [{ image: { url: 'javascript:alert(1)' } }, 'image.url'],
      [{ owner: { id: randomUUID() } }, 'owner.id'],
      [{ owner: { id: world.other.admin.id } }, 'owner.id'],
      [{ customFields: [{ id: randomUUID(), value: 'x' }] }, 'customFields[0].id'],
      [{ description: 'half \ud83d' }, 'description'],
    ];
    for (const [change, path] of cases) {
      const { status, body } = await put(before.id, { name: 'Changed', ...change });
      expect([change, status, body.message.split(': ')[0]]).toEqual([change, 400, path]);
    }
    for (const body of ['[]', 'null', '"x"', '{', undefined])
      expect((await put(before.id, body)).status).toBe(400);
    expect(await read(before.id)).toEqual(before);
    expect(await auditTrail(world.server, before.id)).toEqual(['event.create']);
  });

  it('403: roles that only read events; what is not there is a 404 to them', async () => {
    const before = await newEvent(world.company);
    for (const role of [
      'admin',
      'limited',
      'restricted',
      'confidential',
      'recruiter_confidential',
    ] as const) {
      const caller = await world.company.user(role);
      expect([role, (await caller.put(eventPath(before.id), { name: 'Mine' })).status]).toEqual([role, 403]);
      expect([role, (await caller.put(eventPath(before.id), before)).status]).toEqual([role, 403]);
      expect([role, (await caller.put(eventPath(randomUUID()), {})).status]).toEqual([role, 404]);
    }
    expect(await read(before.id)).toEqual(before);
  });

  it('404: one that is deleted', async () => {
    const id = await event();
    await world.company.admin.delete(eventPath(id));
    expect((await put(id, { name: 'Back' })).status).toBe(404);
  });
});
