import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, eventPath, newEvent, newUser } from '../../../test/factories.ts';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const EVENTS = '/v1/attractEvents';
const least = { name: 'Fair', type: 'careerFair', start: { timestamp: '2090-05-05T09:00:00Z' } };
const create = (body: unknown) => world.company.admin.post(EVENTS, body);

describe('POST /v1/attractEvents', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: EVENTS, body: least }));

  it('200: answers the event as it then reads, where it is, and leaves an audit row', async () => {
    const owner = await newUser(world.company, { firstName: 'Ada', lastName: 'Lovelace' });
    const given = {
      name: 'Open day',
      type: 'openDay',
      status: 'draft',
      description: 'Look around',
      locationType: 'virtual_physical',
      locationUrl: 'https://meet.example/1',
      location: {
        name: 'Hall',
        address: 'Road 1',
        address2: 'Yard',
        postcode: '10115',
        city: 'Berlin',
        county: 'Mitte',
        country: 'Germany',
        formattedAddress: 'Road 1, 10115 Berlin',
        url: 'https://maps.example/1',
        geoPoint: { lat: 52.5200066, lon: 13.404954 },
      },
      image: { name: 'Hall', url: 'https://img.example/1.png' },
      timezone: { id: 'Europe/Berlin' },
      start: { date: '2090-05-05', time: '09:00' },
      end: { timestamp: '2090-05-05T15:00:00Z' },
      owner: { id: owner.id },
    };
    const { status, body, headers } = await create(given);
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBeNull();
    const { admin } = world.company;
    const slug = expect.stringMatching(new RegExp(`^${world.company.id}\\.[\\w-]{22}$`));
    const flow = { latestPublishedSlug: slug, status: 'draft' };
    expect(body).toEqual({
      ...given,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      companyId: String(world.company.id),
      location: { ...given.location, lat: 52.5200066, lng: 13.404954 },
      timezone: { id: 'Europe/Berlin', name: 'Central European Time', value: 'Europe/Berlin' },
      start: { date: '2090-05-05', time: '09:00', timestamp: '2090-05-05T07:00:00.000Z' },
      end: { date: '2090-05-05', time: '17:00', timestamp: '2090-05-05T15:00:00.000Z' },
      owner: { id: owner.id, firstName: 'Ada', lastName: 'Lovelace', fullName: 'Ada Lovelace' },
      customFields: [],
      metrics: {
        attendanceRate: 0,
        funnel: { prospect: 0, invited: 0, registered: 0, attended: 0 },
        funnelList: [
          { id: 'prospect', name: 'Prospect', count: 0 },
          { id: 'invited', name: 'Invited', count: 0 },
          { id: 'registered', name: 'Registered', count: 0 },
          { id: 'attended', name: 'Attended', count: 0 },
        ],
      },
      relations: {
        flowReg: {
          ...flow,
          id: `${body.id}-registration`,
          publicUrl: `http://headwater.test/register/${body.relations.flowReg.latestPublishedSlug}`,
        },
        flowCheckIn: {
          ...flow,
          id: `${body.id}-check-in`,
          publicUrl: `http://headwater.test/check-in/${body.relations.flowCheckIn.latestPublishedSlug}`,
        },
      },
      createdAt: expect.any(String),
      createdBy: admin.id,
      updatedAt: body.createdAt,
      updatedBy: admin.id,
    });
    expect(body.relations.flowReg.latestPublishedSlug).not.toBe(
      body.relations.flowCheckIn.latestPublishedSlug,
    );
    expect(Math.abs(Date.parse(body.createdAt) - Date.now())).toBeLessThan(60_000);
    expect(headers.get('location')).toBe(eventPath(body.id));
    expect((await admin.get(eventPath(body.id))).body).toEqual(body);
    expect(await auditTrail(world.server, body.id)).toEqual(['event.create']);
  });

  it('200: name, type and start are enough; it is published, and its maker’s; what is unset is left out', async () => {
    const { body } = await create({ ...least, name: '  Fair ' });
    expect(body).toMatchObject({ name: 'Fair', status: 'published', owner: { id: world.company.admin.id } });
    expect(body.timezone).toEqual({ id: 'UTC', name: 'Coordinated Universal Time', value: 'UTC' });
    expect(Object.keys(body).toSorted()).toEqual(
      [
        ...[
          'companyId',
          'createdAt',
          'createdBy',
          'customFields',
          'id',
          'metrics',
          'name',
          'owner',
          'relations',
        ],
        ...['start', 'status', 'timezone', 'type', 'updatedAt', 'updatedBy'],
      ].toSorted(),
    );
  });

  it('200: null says nothing, also not of the owner', async () => {
    const names = ['timezone', 'end', 'description', 'status', 'locationType', 'locationUrl', 'location'];
    const nothing = [...names, 'image', 'owner', 'customFields'].map((name) => [name, null]);
    const { status, body } = await create({ ...least, ...Object.fromEntries(nothing) });
    const plain = (await create(least)).body;
    expect(status).toBe(200);
    expect(body).toEqual({
      ...plain,
      id: body.id,
      relations: body.relations,
      createdAt: body.createdAt,
      updatedAt: body.updatedAt,
    });
  });

  it('200: what an event answered can be sent, and makes a new one with the same content', async () => {
    const first = await newEvent(world.company, {
      description: 'Look around',
      timezone: 'Europe/Berlin',
      // The second time that clocks show 02:30 on that day.
      start: { timestamp: '2026-10-25T01:30:00Z' },
      end: { timestamp: '2026-10-25T01:30:00Z' },
      location: { city: 'Berlin', lat: 52.5, lng: 13.4 },
    });
    const { status, body, headers } = await create(first);
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    const own = ['id', 'relations', 'createdAt', 'updatedAt'];
    expect(body).toEqual({ ...first, ...Object.fromEntries(own.map((name) => [name, body[name]])) });
    for (const name of ['id', 'relations']) expect(body[name]).not.toEqual(first[name]);
  });

  it('200: the request of the published description, with what it leaves out of an answer', async () => {
    const { status, headers } = await create({
      ...least,
      customFields: [],
      description: 'string',
      end: { date: '2090-05-06', time: '10:00', timestamp: '2090-05-06T10:00:00.0000' },
      image: { name: 'string', url: 'string' },
      location: { address: 'string', geoPoint: { lat: 1, lon: 2 }, lat: 1, lng: 2, url: 'string' },
      locationType: 'virtual',
      locationUrl: 'string',
      status: 'published',
    });
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
  });

  it('200: unknown properties are ignored and named, at every depth; read-only ones are not named', async () => {
    const { status, body, headers } = await create({
      ...least,
      zodiac: 'leo',
      start: { ...least.start, zone: 'UTC' },
      location: { planet: 'Mars', city: 'Oslo', geoPoint: { lat: 1, lon: 2, alt: 3 } },
      image: { alt: 'x' },
      owner: { id: world.company.admin.id, email: 'x' },
      id: 7,
      cancelledAt: '2020-01-01',
      deletedAt: '2020-01-01',
      companyId: 0,
      metrics: 'many',
      relations: { flowReg: { publicUrl: 'https://evil.example' } },
    });
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBe(
      'start.zone, zodiac, location.planet, location.geoPoint.alt, image.alt, owner.email',
    );
    expect(body).not.toHaveProperty('cancelledAt');
    expect(body).not.toHaveProperty('deletedAt');
    expect(body.relations.flowReg.publicUrl).toMatch(/^http:\/\/headwater\.test\/register\//);
  });

  it('200: cancelled from the start, it says since when and by whom', async () => {
    const { body } = await create({ ...least, status: 'cancelled' });
    expect(body).toMatchObject({ status: 'cancelled', cancelledBy: world.company.admin.id });
    expect(Math.abs(Date.parse(body.cancelledAt) - Date.parse(body.createdAt))).toBeLessThan(60_000);
    expect((await world.company.admin.get(eventPath(body.id))).body).toEqual(body);
  });

  it('200: every type and every location type of the lists', async () => {
    for (const [list, name] of [
      ['types', 'type'],
      ['locationtypes', 'locationType'],
    ] as const) {
      const { body } = await world.company.admin.get(`${EVENTS}/${list}`);
      for (const { id } of body) {
        const made = await create({ ...least, [name]: id });
        expect([made.status, made.body[name]]).toEqual([200, id]);
      }
    }
  });

  it('200: in the time zone of the company unless it says one', async () => {
    const own = await world.server.company();
    await world.server.sql('update company set timezone = $2 where id = $1', [own.id, 'America/New_York']);
    const start = { date: '2026-03-08', time: '02:30' };
    const here = await newEvent(own, { start });
    expect(here.timezone.id).toBe('America/New_York');
    expect(here.start).toEqual({ date: '2026-03-08', time: '03:30', timestamp: '2026-03-08T07:30:00.000Z' });
    const there = await newEvent(own, { start, timezone: 'asia/tokyo' });
    expect(there.timezone).toEqual({ id: 'Asia/Tokyo', name: 'Japan Standard Time', value: 'Asia/Tokyo' });
    expect(there.start.timestamp).toBe('2026-03-07T17:30:00.000Z');
    const old = await newEvent(own, { timezone: { id: 'asia/calcutta' } });
    expect(old.timezone.id).toBe('Asia/Calcutta');
  });

  it.each([
    ['what the clocks skip', { date: '2026-03-29', time: '02:30' }, '03:30', '2026-03-29T01:30:00.000Z'],
    ['what they show twice', { date: '2026-10-25', time: '02:30' }, '02:30', '2026-10-25T00:30:00.000Z'],
    ['a date alone', { date: '2026-07-01' }, '00:00', '2026-06-30T22:00:00.000Z'],
    ['seconds', { date: '2026-07-01', time: '09:30:15' }, '09:30:15', '2026-07-01T07:30:15.000Z'],
  ])('200: a start at %s', async (_, start, time, timestamp) => {
    const { body } = await create({ ...least, start, timezone: 'Europe/Berlin' });
    expect(body.start).toEqual({ date: start.date, time, timestamp });
  });

  it('200: texts of any kind are kept as they are', async () => {
    for (const text of HOSTILE_TEXTS) {
      const { status, body } = await create({
        ...least,
        name: text,
        description: text,
        location: { city: text, name: text },
        image: { name: text },
      });
      const kept = text.trim();
      expect([status, body.name, body.description]).toEqual([200, kept, kept]);
      expect(body.location).toEqual({ city: kept, name: kept });
      expect(body.image).toEqual({ name: kept });
      expect((await world.company.admin.get(eventPath(body.id))).body).toEqual(body);
    }
  });

  it('200: the longest of everything, in any script', async () => {
    // Each of these is three characters of three bytes where accents do not count.
    const hangul = String.fromCodePoint(
      ...Array.from({ length: 500 }, (_, each) => 0xac00 + ((each * 7_919) % 11_172)),
    );
    const han = String.fromCodePoint(
      ...Array.from({ length: 500 }, (_, each) => 0x20000 + ((each * 7_919) % 40_000)),
    );
    for (const line of [hangul, han]) {
      const location = { city: line, country: line, postcode: line, name: line, county: line, address: line };
      const { status, body } = await create({
        ...least,
        name: line,
        location: { ...location, address2: line, formattedAddress: line },
        description: line.repeat(100),
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ name: line, location, description: line.repeat(100) });
    }
  });

  it('200: marketing writes them', async () => {
    for (const role of ['marketing_admin', 'marketing_team_member'] as const) {
      const caller = await world.company.user(role);
      const { status, body } = await caller.post(EVENTS, least);
      expect([status, body.owner.id, body.createdBy]).toEqual([200, caller.id, caller.id]);
      expect(body.relations.flowCheckIn.publicUrl).toMatch(/check-in/);
    }
  });
});
