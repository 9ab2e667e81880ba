import { describe, expect, it } from 'vitest';
import { auditTrail, eventPath, newEvent, newUser } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';
import { newField } from '../custom-fields/http/fixtures/fields.ts';

const world = twoCompanies();
const put = (id: string, change: unknown) => world.company.admin.put(eventPath(id), change);
const read = async (id: string) => (await world.company.admin.get(eventPath(id))).body;

describe('changes of one event at the same moment', () => {
  it('leave no owner who is deleted meanwhile', async () => {
    for (let round = 0; round < 5; round++) {
      const owner = await newUser(world.company);
      const [owned, open] = [
        await newEvent(world.company, { owner: { id: owner.id } }),
        await newEvent(world.company),
      ];
      const [gone, renamed, changed] = await Promise.all([
        world.company.admin.delete(`/v1/user/${owner.id}`),
        put(owned.id, { name: 'Changed' }),
        put(open.id, { owner: { id: owner.id } }),
      ]);
      expect([gone.status, renamed.status]).toEqual([200, 200]);
      expect([200, 400]).toContain(changed.status);
      expect(await read(owned.id)).not.toHaveProperty('owner');
      expect((await read(open.id)).owner?.id).not.toBe(owner.id);
    }
  });

  it('of ten different properties are all there', async () => {
    const before = await newEvent(world.company);
    const field = await newField(world.company);
    const changes = [
      { name: 'Changed' },
      { type: 'campus' },
      { description: 'Changed' },
      { status: 'draft' },
      { locationType: 'virtual' },
      { locationUrl: 'https://changed.example' },
      { location: { city: 'Changed' } },
      { image: { name: 'Changed' } },
      { end: { timestamp: '2090-05-06T00:00:00.000Z' } },
      { customFields: [{ id: field.id, value: 'Changed' }] },
    ];
    const answers = await Promise.all(changes.map((change) => put(before.id, change)));
    for (const { status } of answers) expect(status).toBe(200);
    const after = await read(before.id);
    expect(after).toMatchObject(Object.assign({}, ...changes));
    expect(await auditTrail(world.server, before.id)).toEqual([
      'event.create',
      ...Array(10).fill('event.update'),
    ]);
    // Each change has a time of its own, and the last of them is the latest.
    const times = answers.map(({ body }) => body.updatedAt).toSorted();
    expect(new Set(times).size).toBe(10);
    expect(after.updatedAt).toBe(times.at(-1));
  });

  it('that are equal are one change', async () => {
    const { id } = await newEvent(world.company);
    const answers = await Promise.all(Array.from({ length: 10 }, () => put(id, { name: 'Changed' })));
    for (const { status, body } of answers) expect([status, body]).toEqual([200, answers[0]!.body]);
    expect(await auditTrail(world.server, id)).toEqual(['event.create', 'event.update']);
  });
});
