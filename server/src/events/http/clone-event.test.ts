import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, eventPath, newContact, newEvent, newUser } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';
import { fieldPath, newField, newSelect } from '../custom-fields/http/fixtures/fields.ts';

const world = twoCompanies();
const event = async () => (await newEvent(world.company)).id;
const clonePath = (id: string) => `/v1/attractEvents/clone/${id}`;
const start = { timestamp: '2091-06-06T09:00:00.000Z' };
const read = async (id: string) => (await world.company.admin.get(eventPath(id))).body;

describe('POST /v1/attractEvents/clone/{attractEventId}', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: clonePath(await event()), body: { start } }));
  keepsCompaniesApart(world, 'POST', event, clonePath, { body: { start }, look: eventPath });

  it('200: takes the content, and neither dates, people, owner, links nor times', async () => {
    const { company, server } = world;
    const owner = await newUser(company);
    const [text, date, select] = [
      await newField(company),
      await newField(company, { type: 'date' }),
      await newSelect(company, 'Small', 'Large'),
    ];
    const original = await newEvent(company, {
      description: 'About it',
      status: 'draft',
      type: 'campus',
      locationType: 'virtual',
      locationUrl: 'https://meet.example/1',
      location: { city: 'Oslo', geoPoint: { lat: 59.9, lon: 10.7 } },
      image: { name: 'Hall', url: 'https://img.example/1.png' },
      timezone: 'Europe/Oslo',
      end: { timestamp: '2090-05-05T12:00:00Z' },
      owner: { id: owner.id },
      customFields: [
        { id: text.id, value: 'Said' },
        { id: date.id, value: '2026-01-31' },
        { id: select.id, optionIds: select.options },
      ],
    });
    await server.sql(
      `insert into event_attendee (company_id, event_id, contact_id, status) values ($1, $2, $3, 'attended')`,
      [company.id, original.id, (await newContact(company.admin)).id],
    );
    const caller = await company.user('marketing_team_member');
    const { status, body, headers } = await caller.post(clonePath(original.id), {
      name: ' Again ',
      start: { date: '2091-06-06', time: '09:00' },
    });
    expect(status).toBe(200);
    const { end: _, ...content } = original;
    const [id, slug] = [body.id, body.relations.flowReg.latestPublishedSlug];
    expect(body).toEqual({
      ...content,
      id,
      name: 'Again',
      start: { date: '2091-06-06', time: '09:00', timestamp: '2091-06-06T07:00:00.000Z' },
      owner: { id: caller.id },
      relations: {
        flowReg: expect.objectContaining({ id: `${id}-registration`, status: 'draft' }),
        flowCheckIn: expect.objectContaining({ id: `${id}-check-in`, status: 'draft' }),
      },
      createdAt: body.createdAt,
      createdBy: caller.id,
      updatedAt: body.createdAt,
      updatedBy: caller.id,
    });
    expect(body.customFields).toHaveLength(3);
    expect(id).not.toBe(original.id);
    expect(slug).not.toBe(original.relations.flowReg.latestPublishedSlug);
    expect(body.relations.flowCheckIn.publicUrl).not.toBe(original.relations.flowCheckIn.publicUrl);
    expect(headers.get('location')).toBe(eventPath(id));
    expect(await read(id)).toEqual(body);
    expect((await read(original.id)).metrics.funnel.attended).toBe(1);
    expect(await auditTrail(server, id)).toEqual(['event.clone']);
    expect(await auditTrail(server, original.id)).toEqual(['event.create']);
  });

  it('200: with its name unless another is given, and an end of its own', async () => {
    const original = await newEvent(world.company, { end: { timestamp: '2090-05-05T12:00:00Z' } });
    const end = { timestamp: '2091-06-06T10:00:00.000Z' };
    const { body } = await world.company.admin.post(clonePath(original.id), { start, end });
    expect([body.name, body.end.timestamp]).toEqual([original.name, end.timestamp]);
    const open = await world.company.admin.post(clonePath(original.id), { start, end: null });
    expect(open.body).not.toHaveProperty('end');
  });

  it('200: of a cancelled one, published, without its cancellation', async () => {
    const original = await newEvent(world.company, { status: 'cancelled' });
    const { body } = await world.company.admin.post(clonePath(original.id), { start });
    expect(body.status).toBe('published');
    expect(body).not.toHaveProperty('cancelledAt');
    expect(body).not.toHaveProperty('cancelledBy');
    expect((await read(original.id)).status).toBe('cancelled');
  });

  it('200: the two are changed and deleted each by itself', async () => {
    const original = await newEvent(world.company);
    const { body: clone } = await world.company.admin.post(clonePath(original.id), { start });
    await world.company.admin.put(eventPath(clone.id), { description: 'Another' });
    await world.company.admin.post(eventPath(clone.id, '/cancel'));
    expect(await read(original.id)).toEqual(original);
    await world.company.admin.delete(eventPath(original.id));
    expect((await read(clone.id)).description).toBe('Another');
  });

  it('200: a value of a field that goes meanwhile is in both or in neither', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await newField(world.company);
      const original = await newEvent(world.company, { customFields: [{ id, value: 'Said' }] });
      const [clone, gone] = await Promise.all([
        world.company.admin.post(clonePath(original.id), { start }),
        world.company.admin.delete(fieldPath(id)),
      ]);
      expect([clone.status, gone.status]).toEqual([200, 200]);
      expect((await read(clone.body.id)).customFields).toEqual([]);
    }
  });

  it('200: what a clone does not say is ignored and named', async () => {
    const body = { start, type: 'campus', status: 'draft', customFields: [] };
    const { status, headers } = await world.company.admin.post(clonePath(await event()), body);
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, 'type, status, customFields']);
  });

  it.each([
    [{}, 'start'],
    [{ start: null }, 'start'],
    [{ start: {} }, 'start'],
    [{ start: { time: '09:00' } }, 'start'],
    [{ start: { date: 'soon' } }, 'start.date'],
    [{ start, end: { timestamp: '2091-06-06T08:59:00Z' } }, 'end'],
    [{ start, end: {} }, 'end'],
    [{ start, name: '' }, 'name'],
    [{ start, name: ' ' }, 'name'],
    [{ start, name: null }, 'name'],
    [{ start, name: 'x'.repeat(501) }, 'name'],
  ])('400: %j is wrong at %s, and nothing is made', async (body, path) => {
    const id = await event();
    const count = async () =>
      (await world.company.admin.post('/v1/attractEvents/search', { limit: 0 })).body.total;
    const before = await count();
    const answer = await world.company.admin.post(clonePath(id), body);
    expect([answer.status, answer.body.message.split(': ')[0]]).toEqual([400, path]);
    expect(await count()).toBe(before);
  });

  it('403: roles that only read events; what is not there is a 404 to them', async () => {
    const id = await event();
    for (const role of ['admin', 'team_member', 'restricted'] as const) {
      const caller = await world.company.user(role);
      expect([role, (await caller.post(clonePath(id), { start })).status]).toEqual([role, 403]);
      expect([role, (await caller.post(clonePath('none'), { start })).status]).toEqual([role, 404]);
    }
  });

  it('404: one that is deleted', async () => {
    const id = await event();
    await world.company.admin.delete(eventPath(id));
    expect((await world.company.admin.post(clonePath(id), { start })).status).toBe(404);
  });
});
