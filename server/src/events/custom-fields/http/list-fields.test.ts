import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../../test/every-operation.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { ROLES } from '../../../identity/permissions.ts';
import { FIELDS, newField, newSelect } from './fixtures/fields.ts';

const world = twoCompanies();

describe('GET /v1/attractEvents/customfields', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: FIELDS }));

  it("200: all of them, oldest first, and none of another company's", async () => {
    const company = await world.server.company();
    const fields = [
      await newField(company, { name: 'C' }),
      await newSelect(company, 'Small', 'Large'),
      await newField(company, { name: 'A', type: 'date', required: true }),
    ];
    const { status, body } = await company.admin.get(FIELDS);
    expect(status).toBe(200);
    expect(body).toEqual({ customFields: fields, total: 3 });
    const stranger = await world.server.company();
    expect((await stranger.admin.get(FIELDS)).body).toEqual({ customFields: [], total: 0 });
  });

  it('200: of one moment, in the order of their ids', async () => {
    const company = await world.server.company();
    await world.server.sql(
      `insert into event_custom_field (company_id, id, name, type, created_at)
       select $1, gen_random_uuid(), 'Field ' || n, 'text', '2020-01-01' from generate_series(1, 50) as n`,
      [company.id],
    );
    const { body } = await company.admin.get(FIELDS);
    const ids: string[] = body.customFields.map(({ id }: { id: string }) => id);
    expect(ids).toHaveLength(50);
    expect(ids).toEqual(ids.toSorted());
    expect(body.customFields[0]).toEqual({
      id: ids[0],
      name: expect.any(String),
      type: 'text',
      options: [],
      required: false,
      askedAtRegistration: false,
      createdAt: '2020-01-01T00:00:00.000Z',
      updatedAt: expect.any(String),
    });
  });

  it.each(ROLES)('200: for the role %s', async (role) => {
    const { id } = await newField(world.company);
    const { status, body } = await (await world.company.user(role)).get(FIELDS);
    expect(status).toBe(200);
    expect(body.customFields.map((field: { id: string }) => field.id)).toContain(id);
  });
});
