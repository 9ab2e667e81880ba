import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../test/at-once.ts';
import { knowsItsCallers } from '../../../../test/every-operation.ts';
import { auditTrail } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { FIELDS, fieldPath, newField, someFieldName } from './fixtures/fields.ts';

const world = twoCompanies();
const create = (body: unknown) => world.company.admin.post(FIELDS, body);
const UUID = /^[0-9a-f-]{36}$/;

describe('POST /v1/attractEvents/customfields', () => {
  knowsItsCallers(world, 'POST', async () => ({
    path: FIELDS,
    body: { name: someFieldName(), type: 'text' },
  }));

  it('200: answers the definition and where it is, and leaves an audit row', async () => {
    const { admin } = world.company;
    const { status, body, headers } = await create({ name: ' Budget ', type: 'number' });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      name: 'Budget',
      type: 'number',
      options: [],
      required: false,
      askedAtRegistration: false,
      createdAt: expect.any(String),
      createdBy: admin.id,
      updatedAt: body.createdAt,
      updatedBy: admin.id,
    });
    expect(headers.get('location')).toBe(fieldPath(body.id));
    expect((await admin.get(fieldPath(body.id))).body).toEqual(body);
    expect(await auditTrail(world.server, body.id)).toEqual(['event-custom-field.create']);
  });

  it.each(['text', 'number', 'date', 'boolean'])('200: %s, required and asked', async (type) => {
    const { body } = await create({ name: someFieldName(), type, required: true, askedAtRegistration: true });
    expect(body).toMatchObject({ type, options: [], required: true, askedAtRegistration: true });
  });

  it.each(['singleSelect', 'multiSelect'])(
    '200: %s, with ids given to the options without one',
    async (type) => {
      const options = [{ id: 'm', label: ' Medium ' }, { label: 'Large' }];
      const { body } = await create({ name: someFieldName(), type, options });
      expect(body.type).toBe(type);
      expect(body.options).toEqual([
        { id: 'm', label: 'Medium' },
        { id: expect.stringMatching(UUID), label: 'Large' },
      ]);
    },
  );

  it('200: null is as if left out', async () => {
    const nothing = { options: null, required: null, askedAtRegistration: null };
    const { status, body } = await create({ name: someFieldName(), type: 'date', ...nothing });
    expect(status).toBe(200);
    expect(body).toMatchObject({ options: [], required: false, askedAtRegistration: false });
  });

  it('200: what is read-only is ignored without a word', async () => {
    const before = await newField(world.company);
    const { body, headers } = await create({
      ...before,
      name: someFieldName(),
      createdAt: '2000-01-01T00:00:00Z',
      createdBy: randomUUID(),
      updatedAt: '2000-01-01T00:00:00Z',
      updatedBy: randomUUID(),
    });
    expect(body.id).not.toBe(before.id);
    expect(Date.parse(body.createdAt)).toBeGreaterThanOrEqual(Date.parse(before.createdAt));
    expect(body).toMatchObject({
      createdBy: world.company.admin.id,
      updatedAt: body.createdAt,
      updatedBy: world.company.admin.id,
    });
    expect(headers.get('x-ignored-fields')).toBeNull();
  });

  it('200: another company may use the same name', async () => {
    const { name } = await newField(world.company);
    expect((await world.other.admin.post(FIELDS, { name, type: 'date' })).status).toBe(200);
  });

  it.each(['admin', 'marketing_admin'] as const)('200: for the role %s', async (role) => {
    const caller = await world.company.user(role);
    const { status, body } = await caller.post(FIELDS, { name: someFieldName(), type: 'text' });
    expect(status).toBe(200);
    expect(body.createdBy).toBe(caller.id);
  });

  it.each([
    ['no name', { type: 'text' }, 'name: is required'],
    ['a blank name', { name: ' ', type: 'text' }, 'name: must not be empty'],
    ['a long name', { name: 'x'.repeat(201), type: 'text' }, 'name: must be at most 200 characters long'],
    ['no type', { name: 'x' }, 'type: is required'],
    [
      'a type of its own',
      { name: 'x', type: 'colour' },
      'type: must be one of text, number, date, boolean, singleSelect, multiSelect',
    ],
    [
      'options of a text',
      { name: 'x', type: 'text', options: [{ label: 'a' }] },
      'options: must be empty for a field that is no select',
    ],
    [
      'a select without options',
      { name: 'x', type: 'singleSelect', options: null },
      'options: must have at least 1 entry for a select',
    ],
    [
      'one label twice',
      { name: 'x', type: 'multiSelect', options: [{ label: 'Red' }, { label: 'RED ' }] },
      'options[1].label: must not be the label of another option',
    ],
    ['required as text', { name: 'x', type: 'text', required: 'yes' }, /^required: must be /],
    [
      'asked as text',
      { name: 'x', type: 'text', askedAtRegistration: 'yes' },
      /^askedAtRegistration: must be /,
    ],
  ])('400: %s, and nothing is made', async (_what, body, message) => {
    const before = (await world.company.admin.get(FIELDS)).body.total;
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    expect((await world.company.admin.get(FIELDS)).body.total).toBe(before);
  });

  it.each(['team_member', 'marketing_team_member'] as const)('403: for the role %s', async (role) => {
    const caller = await world.company.user(role);
    expect((await caller.post(FIELDS, { name: someFieldName(), type: 'text' })).status).toBe(403);
  });

  it('409: a name that is taken, whatever its case', async () => {
    const { name } = await newField(world.company);
    const answer = await create({ name: ` ${name.toUpperCase()}`, type: 'text' });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toBe('name: is already the name of a custom field');
  });

  it.each([
    ['the first of a company', 0],
    ['with others there', 1],
  ])('409: of ten at once with one name, one is made: %s', async (_which, others) => {
    const company = await world.server.company();
    for (let each = 0; each < others; each++) await newField(company);
    const statuses = await atOnce(10, (each) =>
      company.admin.post(FIELDS, { name: each % 2 ? 'One moment' : 'one MOMENT', type: 'text' }),
    );
    expect(statuses).toEqual([200, ...Array(9).fill(409)]);
    expect((await company.admin.get(FIELDS)).body.total).toBe(others + 1);
  });

  it('409: past the 500th, also of several at once', async () => {
    const company = await world.server.company();
    await world.server.sql(
      `insert into event_custom_field (company_id, id, name, type)
       select $1, gen_random_uuid(), 'Field ' || n, 'text' from generate_series(1, 498) as n`,
      [company.id],
    );
    const another = () => company.admin.post(FIELDS, { name: someFieldName(), type: 'text' });
    expect(await atOnce(6, another)).toEqual([200, 200, 409, 409, 409, 409]);
    const { customFields, total } = (await company.admin.get(FIELDS)).body;
    expect(total).toBe(500);
    const refused = await another();
    expect(refused.status).toBe(409);
    expect(refused.body.message).toMatch(/\b500\b/);
    await company.admin.delete(fieldPath(customFields[0].id));
    expect((await another()).status).toBe(200);
    expect((await world.other.admin.post(FIELDS, { name: someFieldName(), type: 'text' })).status).toBe(200);
  });
});
