import { describe, expect, it } from 'vitest';
import { eventPath, newEvent } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const put = (id: string, change: unknown) => world.company.admin.put(eventPath(id), change);
const read = async (id: string) => (await world.company.admin.get(eventPath(id))).body;
/** What a change answers, without when it was. */
const changed = async (id: string, change: object): Promise<Answer['body']> => {
  const { status, body } = await put(id, change);
  expect(status).toBe(200);
  expect(await read(id)).toEqual(body);
  return body;
};
const fullEvent = () =>
  newEvent(world.company, {
    location: { name: 'Hall', city: 'Berlin', geoPoint: { lat: 52.5200066, lon: -0.1 } },
    timezone: 'Europe/Berlin',
    start: { date: '2026-03-20', time: '09:30' },
    end: { date: '2026-03-20', time: '17:00' },
  });

describe('PUT /v1/attractEvents/{attractEventId}', () => {
  it('200: of a start that is sent back, the form that was changed counts', async () => {
    const { id, start, end } = await fullEvent();
    const answered = (date: string, time: string, timestamp: string) => ({ date, time, timestamp });
    for (const [change, expected] of [
      // The clocks have changed meanwhile: nine thirty stays nine thirty.
      [{ ...start, date: '2026-03-30' }, answered('2026-03-30', '09:30', '2026-03-30T07:30:00.000Z')],
      [{ date: '2026-03-20' }, start],
      [{ ...start, time: '08:00' }, answered('2026-03-20', '08:00', '2026-03-20T07:00:00.000Z')],
      [{ time: '09:30' }, start],
      [
        { ...start, timestamp: '2026-03-19T22:00-02:00' },
        answered('2026-03-20', '01:00', '2026-03-20T00:00:00.000Z'),
      ],
      [start, start],
      [{ date: '2026-03-29', time: '02:30' }, answered('2026-03-29', '03:30', '2026-03-29T01:30:00.000Z')],
    ] as const) {
      const body = await changed(id, { start: change, end: null });
      expect(body.start).toEqual(expected);
    }
    await changed(id, { start });
    expect((await changed(id, { end: { timestamp: end.timestamp } })).end).toEqual(end);
  });

  it('200: another time zone keeps date and time of day', async () => {
    const before = await fullEvent();
    for (const sent of [
      { timezone: 'America/New_York' },
      { ...before, timezone: { id: 'America/New_York' } },
    ]) {
      const { timezone, start, end } = await changed(before.id, sent);
      expect(timezone).toEqual({ id: 'America/New_York', name: 'Eastern Time', value: 'America/New_York' });
      expect(start).toEqual({ ...before.start, timestamp: '2026-03-20T13:30:00.000Z' });
      expect(end).toEqual({ ...before.end, timestamp: '2026-03-20T21:00:00.000Z' });
      const { updatedAt: _, ...back } = await changed(before.id, { timezone: before.timezone });
      expect(before).toMatchObject(back);
    }
  });

  it('200: of a place that is sent back, the form that was changed counts', async () => {
    const { id, location } = await fullEvent();
    const moved = await changed(id, { location: { ...location, lat: 1, lng: 2 } });
    expect(moved.location).toEqual({ ...location, geoPoint: { lat: 1, lon: 2 }, lat: 1, lng: 2 });
    const again = await changed(id, { location: { ...moved.location, geoPoint: { lat: 3, lon: 4 } } });
    expect(again.location).toEqual({ ...location, geoPoint: { lat: 3, lon: 4 }, lat: 3, lng: 4 });
    const { geoPoint: _, lat: _lat, lng: _lng, ...address } = location;
    expect((await changed(id, { location: address })).location).toEqual(address);
  });

  it('400: a time zone in which its start is in no year that can be said', async () => {
    const { id } = await newEvent(world.company, { start: { timestamp: '0001-01-01T00:00:00Z' } });
    const { status, body } = await put(id, { timezone: 'Asia/Tokyo' });
    expect([status, body.message]).toEqual([400, 'start.date: must be in the years 1 to 9999']);
  });
});
