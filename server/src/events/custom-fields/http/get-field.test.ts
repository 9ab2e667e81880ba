import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { fieldPath, newField, newSelect } from './fixtures/fields.ts';

const world = twoCompanies();
const field = async () => (await newField(world.company)).id;

describe('GET /v1/attractEvents/customfields/{customFieldId}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: fieldPath(await field()) }));
  keepsCompaniesApart(world, 'GET', field, fieldPath);

  it('200: as it was made; the case of the id does not count', async () => {
    const made = await newSelect(world.company, 'Small', 'Large');
    const reader = await world.company.user('restricted');
    for (const id of [made.id, made.id.toUpperCase()]) {
      const { status, body } = await reader.get(fieldPath(id));
      expect(status).toBe(200);
      expect(body).toEqual(made);
    }
  });
});
