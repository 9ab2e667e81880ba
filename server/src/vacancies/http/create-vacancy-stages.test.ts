import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { made, vacancyPath } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const create = (stages: unknown) => world.company.admin.post('/v1/vacancy', { title: 'Cook', stages });
const stagesOf = async (stages: unknown): Promise<Answer['body'][]> => (await made(create(stages))).stages;

describe('POST /v1/vacancy with stages', () => {
  it('200: they are answered in their order, those without one where they were sent', async () => {
    const stages = await stagesOf([
      { value: 'Last', order: 9 },
      { value: 'First', order: -1 },
      { value: 'Third' },
      { value: 'Fourth' },
    ]);
    expect(stages.map(({ value, order }) => [value, order])).toEqual([
      ['First', -1],
      ['Third', 2],
      ['Fourth', 3],
      ['Last', 9],
    ]);
  });

  it('200: stages of one order stay as they were sent', async () => {
    const values = ['b', 'a', 'd', 'c'];
    const stages = await stagesOf(values.map((value) => ({ value, order: 1 })));
    expect(stages.map(({ value }) => value)).toEqual(values);
  });

  it('200: each has an id, its own or a new one, and a name and a value', async () => {
    const stages = await stagesOf([
      { id: 'mine', value: ' In ' },
      { name: ' Talk ' },
      { value: 'Out', name: 'Leaving' },
      { value: '', name: 'Named' },
    ]);
    expect(stages.map(({ id, value, name }) => [id, value, name])).toEqual([
      ['mine', 'In', 'In'],
      [expect.any(String), 'Talk', 'Talk'],
      [expect.any(String), 'Out', 'Leaving'],
      [expect.any(String), 'Named', 'Named'],
    ]);
    expect(new Set(stages.map(({ id }) => id)).size).toBe(4);
  });

  it('200: two vacancies may have a stage of one id, and names that objects have are ids as good as others', async () => {
    const ids = ['__proto__', 'constructor', 'toString', 'ä "\' $1 %', randomUUID()];
    const body = ids.map((id) => ({ id, value: id }));
    for (let each = 0; each < 2; each++) {
      const { hash_id, stages } = await made(create(body));
      expect(stages.map(({ id }: { id: string }) => id)).toEqual(ids);
      expect((await world.company.admin.get(vacancyPath(hash_id))).body.stages).toEqual(stages);
    }
  });

  it('200: reads afterwards as it was answered, whatever is null in it', async () => {
    const vacancy = await made(
      create([
        {
          value: 'In',
          name: null,
          group: null,
          order: null,
          locked: null,
          integrations: { greenhouse: { id: '1', url: null, email: null }, jazz: null },
        },
        { id: null, value: 'Out', integrations: null },
      ]),
    );
    expect(vacancy.stages).toEqual([
      {
        id: expect.any(String),
        value: 'In',
        name: 'In',
        order: 0,
        locked: false,
        integrations: { greenhouse: { id: '1' } },
        assigned: 0,
        contactcount: 0,
      },
      expect.objectContaining({ value: 'Out', order: 1, integrations: {} }),
    ]);
    expect((await world.company.admin.get(vacancyPath(vacancy.hash_id))).body).toEqual(vacancy);
  });

  it('400: one id twice', async () => {
    const { status, body } = await create([
      { id: 'a', value: 'One' },
      { id: 'b', value: 'Two' },
      { id: 'a', value: 'Three' },
    ]);
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'stages[2].id']);
  });
});
