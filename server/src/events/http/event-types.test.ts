import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const listed = async (list: string) => {
  const { status, body } = await (await world.company.user('restricted')).get(`/v1/attractEvents/${list}`);
  expect(status).toBe(200);
  for (const { label } of body) expect(label).toMatch(/^[A-Z][a-z ]+$/);
  return body.map(({ id }: { id: string }) => id);
};

describe('GET /v1/attractEvents/types', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/attractEvents/types' }));

  it('200: the nine types with labels, to every role', async () => {
    expect(await listed('types')).toEqual([
      ...[
        'campus',
        'careerFair',
        'conference',
        'hackathon',
        'meetup',
        'networking',
        'openDay',
        'webinar',
        'other',
      ],
    ]);
  });
});

describe('GET /v1/attractEvents/locationtypes', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/attractEvents/locationtypes' }));

  it('200: the three types with labels, to every role', async () => {
    expect(await listed('locationtypes')).toEqual(['physical', 'virtual', 'virtual_physical']);
  });
});
