import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../test/at-once.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import { auditTrail } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { fieldPath, newField, newSelect, someFieldName } from './fixtures/fields.ts';

const world = twoCompanies();
const field = async () => (await newField(world.company)).id;
const patch = (id: string, change: unknown) => world.company.admin.patch(fieldPath(id), change);
const read = async (id: string) => (await world.company.admin.get(fieldPath(id))).body;

describe('PATCH /v1/attractEvents/customfields/{customFieldId}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({ path: fieldPath(await field()), body: {} }));
  keepsCompaniesApart(world, 'PATCH', field, fieldPath, { body: { name: 'Taken over' } });

  it('200: changes what it names, says who did when, and leaves an audit row', async () => {
    const before = await newField(world.company, { type: 'number' });
    const caller = await world.company.user('marketing_admin');
    const name = someFieldName();
    const { status, body } = await caller.patch(fieldPath(before.id), { name: ` ${name} `, required: true });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      name,
      required: true,
      updatedAt: expect.any(String),
      updatedBy: caller.id,
    });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect(await read(before.id)).toEqual(body);
    const rows = await world.server.sql(
      `select actor_id, fields from audit_entry where subject_id = $1 and action = 'event-custom-field.update'`,
      [before.id],
    );
    expect(rows).toEqual([{ actor_id: caller.id, fields: ['name', 'required'] }]);
  });

  it('200: each property by itself, there and back', async () => {
    const before = await newField(world.company);
    for (const change of [
      { required: true },
      { askedAtRegistration: true },
      { required: false },
      { askedAtRegistration: false },
      { name: before.name.toUpperCase() },
    ]) {
      expect((await patch(before.id, change)).body).toMatchObject(change);
    }
    const after = await read(before.id);
    expect(after).toEqual({ ...before, name: before.name.toUpperCase(), updatedAt: after.updatedAt });
  });

  it.each([
    ['nothing', () => ({})],
    ['what it answered', (before: object) => before],
    ['null', () => ({ options: null, required: null, askedAtRegistration: null })],
    ['its options by their labels', () => ({ options: [{ label: 'Small' }, { label: 'Large ' }] })],
    ['what is read-only', () => ({ id: randomUUID(), updatedAt: '2000-01-01', createdBy: randomUUID() })],
  ])('200: %s changes nothing and leaves no trace', async (_what, change) => {
    const before = await newSelect(world.company, 'Small', 'Large');
    const { status, body, headers } = await patch(before.id, change(before));
    expect(status).toBe(200);
    expect(body).toEqual(before);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(await read(before.id)).toEqual(before);
    expect(await auditTrail(world.server, before.id)).toEqual(['event-custom-field.create']);
  });

  it.each([
    ['a blank name', { name: ' ' }, 'name: must not be empty'],
    ['name: null', { name: null }, 'name: must be a string'],
    [
      'another type',
      { type: 'singleSelect' },
      'type: must stay multiSelect: the type of a field never changes',
    ],
    ['no options left', { options: [] }, 'options: must have at least 1 entry for a select'],
    [
      'one label twice',
      { options: [{ label: 'Red' }, { label: 'red' }] },
      'options[1].label: must not be the label of another option',
    ],
  ])('400: %s, and nothing is changed', async (_what, change, message) => {
    const before = await newSelect(world.company, 'Small', 'Large');
    const answer = await patch(before.id, { required: true, ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
    expect(await read(before.id)).toEqual(before);
  });

  it('400: options of a field that is no select', async () => {
    const answer = await patch(await field(), { options: [{ label: 'a' }] });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe('options: must be empty for a field that is no select');
  });

  it.each(['team_member', 'marketing_team_member'] as const)('403: for the role %s', async (role) => {
    const before = await newField(world.company);
    const caller = await world.company.user(role);
    expect((await caller.patch(fieldPath(before.id), { name: someFieldName() })).status).toBe(403);
    expect(await read(before.id)).toEqual(before);
  });

  it('409: the name of another field, whatever its case', async () => {
    const { name } = await newField(world.company);
    const before = await newField(world.company);
    const answer = await patch(before.id, { name: name.toUpperCase() });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toBe('name: is already the name of a custom field');
    expect(await read(before.id)).toEqual(before);
  });

  it('409: of ten that take one name at once, one gets it', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, field));
    const name = someFieldName();
    const statuses = await atOnce(10, (each) => patch(ids[each]!, { name }));
    expect(statuses).toEqual([200, ...Array(9).fill(409)]);
  });

  it('changes of different properties at once are all kept', async () => {
    const { id } = await newField(world.company);
    const name = someFieldName();
    const changes = [{ name }, { required: true }, { askedAtRegistration: true }];
    expect(await atOnce(3, (each) => patch(id, changes[each]))).toEqual([200, 200, 200]);
    expect(await read(id)).toMatchObject({ name, required: true, askedAtRegistration: true });
    expect(await auditTrail(world.server, id)).toHaveLength(4);
  });
});
