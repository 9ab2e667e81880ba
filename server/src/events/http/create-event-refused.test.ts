import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from '../../../test/fuzz/hostile.ts';
import { serverForThisTest } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const EVENTS = '/v1/attractEvents';
const least = { name: 'Fair', type: 'careerFair', start: { timestamp: '2090-05-05T09:00:00Z' } };
const create = (body: unknown) => world.company.admin.post(EVENTS, body);
const pathOf = (message: string) => message.split(': ')[0];

describe('POST /v1/attractEvents', () => {
  it('400: strict, an unknown property is refused with the nearest known', async () => {
    const server = await serverForThisTest({ strict: true });
    const { admin } = await server.company();
    const { status, body } = await admin.post(EVENTS, { ...least, descripton: 'x' });
    expect([status, body.message]).toEqual([400, 'descripton: is not known here; did you mean description?']);
    expect((await admin.post(EVENTS, { ...least, createdAt: 'once' })).status).toBe(200);
  });

  it.each([
    [{ name: undefined }, 'name'],
    [{ name: null }, 'name'],
    [{ name: '' }, 'name'],
    [{ name: ' \n' }, 'name'],
    [{ name: 7 }, 'name'],
    [{ name: 'x'.repeat(501) }, 'name'],
    [{ type: undefined }, 'type'],
    [{ type: null }, 'type'],
    [{ type: 'party' }, 'type'],
    [{ type: 'Campus' }, 'type'],
    [{ type: '__proto__' }, 'type'],
    [{ start: undefined }, 'start'],
    [{ start: null }, 'start'],
    [{ start: {} }, 'start'],
    [{ start: '2090-05-05' }, 'start'],
    [{ start: { timestamp: 1 } }, 'start.timestamp'],
    [{ start: { timestamp: 'soon' } }, 'start.timestamp'],
    [{ start: { timestamp: '' } }, 'start.timestamp'],
    [{ start: { timestamp: '+010000-01-01T00:00:00Z' } }, 'start.timestamp'],
    [{ start: { timestamp: '0000-01-01' } }, 'start.timestamp'],
    [{ start: { date: '2090-02-29' } }, 'start.date'],
    [{ start: { date: '0000-12-31' } }, 'start.date'],
    [{ start: { date: '0001-01-01' }, timezone: 'Asia/Tokyo' }, 'start.date'],
    [{ start: { timestamp: '9999-12-31T23:59:59Z' }, timezone: 'Asia/Tokyo' }, 'start.timestamp'],
    [{ start: { time: '09:30' } }, 'start'],
    [{ start: { date: '2090-05-05', time: '25:00' } }, 'start.time'],
    [{ start: { ...least.start, date: '2090-05-06' } }, 'start.timestamp'],
    [{ start: { ...least.start, date: '2090-05-05', time: '09:01' } }, 'start.timestamp'],
    [{ end: {} }, 'end'],
    [{ end: { time: '10:00' } }, 'end'],
    [{ end: { timestamp: '2090-05-05T08:59:59.999Z' } }, 'end'],
    [{ end: { date: '2090-05-04', time: '23:59' } }, 'end'],
    [{ timezone: '+02:00' }, 'timezone'],
    [{ timezone: 'Mars/Olympus' }, 'timezone'],
    [{ timezone: '' }, 'timezone'],
    [{ timezone: 7 }, 'timezone'],
    [{ timezone: [] }, 'timezone'],
    [{ timezone: {} }, 'timezone.value'],
    [{ timezone: { id: '-05:00' } }, 'timezone.id'],
    [{ timezone: { id: 7 } }, 'timezone.id'],
    [{ timezone: { value: 'x'.repeat(101) } }, 'timezone.value'],
    [{ description: 7 }, 'description'],
    [{ description: 'x'.repeat(50_001) }, 'description'],
    [{ description: 'a\0b' }, 'description'],
    [{ name: 'half \ud83d' }, 'name'],
    [{ status: 'deleted' }, 'status'],
    [{ status: 'Published' }, 'status'],
    [{ locationType: 'online' }, 'locationType'],
    [{ locationUrl: 'javascript:alert(1)' }, 'locationUrl'],
    [{ locationUrl: 'javascript:0/alert(1)' }, 'locationUrl'],
    [{ locationUrl: 'java\nscript:alert(1)' }, 'locationUrl'],
    [{ locationUrl: `https://x.example/${'x'.repeat(2_048)}` }, 'locationUrl'],
    [{ location: 'Oslo' }, 'location'],
    [{ location: { url: 'data:text/html,x' } }, 'location.url'],
    [{ location: { city: 7 } }, 'location.city'],
    [{ location: { city: 'x'.repeat(501) } }, 'location.city'],
    [{ location: { lat: 1 } }, 'location.lng'],
    [{ location: { lng: 1, lat: null } }, 'location.lat'],
    [{ location: { lat: 90.1, lng: 0 } }, 'location.lat'],
    [{ location: { lat: 0, lng: -180.1 } }, 'location.lng'],
    [{ location: { lat: '1', lng: 0 } }, 'location.lat'],
    [{ location: { geoPoint: { lat: 1 } } }, 'location.geoPoint.lon'],
    [{ location: { geoPoint: { lat: -91, lon: 1 } } }, 'location.geoPoint.lat'],
    [{ location: { geoPoint: { lat: null, lon: 1 } } }, 'location.geoPoint.lat'],
    [{ location: { geoPoint: [1, 2] } }, 'location.geoPoint'],
    [{ image: 'x.png' }, 'image'],
    [{ image: { url: 'file:///etc/passwd' } }, 'image.url'],
    [{ owner: 'me' }, 'owner'],
    [{ owner: { id: '' } }, 'owner.id'],
    [{ owner: { id: 'me' } }, 'owner.id'],
    [{ owner: { id: randomUUID() } }, 'owner.id'],
    [{ customFields: {} }, 'customFields'],
    [{ customFields: [{}] }, 'customFields[0].id'],
    [{ customFields: [{ id: 'a', value: 'a\0b' }] }, 'customFields[].value'],
  ])('400: %j is wrong at %s', async (wrong, path) => {
    const { status, body } = await create({ ...least, ...wrong });
    expect([status, pathOf(body.message)]).toEqual([400, path]);
  });

  it("400: another company's user as the owner, as one that never was", async () => {
    const foreign = await create({ ...least, owner: { id: world.other.admin.id } });
    const unknown = await create({ ...least, owner: { id: randomUUID() } });
    expect([foreign.status, foreign.body.message]).toEqual([400, unknown.body.message]);
  });

  it('400: a body that is no object, or none', async () => {
    const token = world.company.admin.token;
    for (const body of ['[]', '"x"', 'null', '7', '{', undefined])
      expect((await world.server.call('POST', EVENTS, { token, body })).status).toBe(400);
  });

  it('200 or 400: a value of any kind anywhere', async () => {
    const names = [
      'name',
      'type',
      'start',
      'end',
      'timezone',
      'description',
      'status',
      'locationType',
      'location',
    ];
    const places: ((value: unknown) => object)[] = [
      ...[...names, 'locationUrl', 'image', 'owner', 'customFields'].map((name) => (value: unknown) => ({
        [name]: value,
      })),
      ...['date', 'time', 'timestamp'].map((name) => (value: unknown) => ({
        start: { ...least.start, [name]: value },
      })),
      ...['id', 'value'].map((name) => (value: unknown) => ({ timezone: { [name]: value } })),
      ...['city', 'url', 'geoPoint', 'lat'].map((name) => (value: unknown) => ({
        location: { lng: 0, [name]: value },
      })),
      (value) => ({ location: { geoPoint: { lat: value, lon: value } } }),
      (value) => ({ location: { lat: value, lng: value } }),
      (value) => ({ image: { name: value, url: value } }),
      (value) => ({ owner: { id: value } }),
      (value) => ({ customFields: [value] }),
      (value) => ({ customFields: [{ id: value, value, optionIds: value }] }),
    ];
    for (const place of places) {
      const answers = await Promise.all(
        [...HOSTILE_VALUES, ...HOSTILE_TEXTS].map((value) => create({ ...least, ...place(value) })),
      );
      for (const { status } of answers) expect([200, 400, 413]).toContain(status);
    }
  });

  it('403: roles that do not write events', async () => {
    for (const role of [
      ...(['admin', 'team_member', 'limited', 'marketing_limited', 'restricted'] as const),
      ...(['confidential', 'recruiter_team_member', 'recruiter_confidential'] as const),
    ]) {
      const caller = await world.company.user(role);
      expect([role, (await caller.post(EVENTS, least)).status]).toEqual([role, 403]);
    }
  });
});
