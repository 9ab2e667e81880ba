import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditTrail, eventPath, newEvent } from '../../../test/factories.ts';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import type { Answer, TestCompany } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { fieldPath, newField, newSelect } from '../custom-fields/http/fixtures/fields.ts';

type Body = Answer['body'];
const world = twoCompanies();
const least = { name: 'Fair', type: 'careerFair', start: { timestamp: '2090-05-05T09:00:00Z' } };
/** A company of its own, where a required field is no one else's trouble. */
let own: TestCompany;
const fields: Record<string, Body> = {};
beforeAll(async () => {
  own = await world.server.company();
  for (const type of ['text', 'number', 'date', 'boolean'])
    fields[type] = await newField(own, { name: `A ${type}`, type });
  for (const type of ['singleSelect', 'multiSelect'])
    fields[type] = await newField(own, {
      name: `A ${type}`,
      type,
      options: [{ id: 's', label: 'Small' }, { label: 'Large' }, { id: 'xl', label: 'Extra large' }],
    });
});

const create = (customFields: unknown, company = own) =>
  company.admin.post('/v1/attractEvents', { ...least, customFields });
const put = (id: string, customFields: unknown) => own.admin.put(eventPath(id), { customFields });
const read = async (id: string) => (await own.admin.get(eventPath(id))).body;
const optionIds = (...labels: string[]) => labels.map((label) => ({ id: label }));

describe('a value of a custom field', () => {
  it.each<[string, object, object]>([
    ['text', { value: 'Said' }, { value: 'Said' }],
    ['text', { value: 7 }, { value: '7' }],
    ['text', { value: true }, { value: 'true' }],
    ['number', { value: 7 }, { value: '7' }],
    ['number', { value: ' -1.50 ' }, { value: '-1.5' }],
    ['number', { value: '1e3' }, { value: '1000' }],
    ['number', { value: 0 }, { value: '0' }],
    ['number', { value: 5e-324 }, { value: '5e-324' }],
    ['date', { value: '2026-01-31' }, { value: '2026-01-31T00:00:00.000Z' }],
    ['date', { value: ' 2026-01-31T01:00:00+01:00 ' }, { value: '2026-01-31T00:00:00.000Z' }],
    ['date', { value: '0001-01-01' }, { value: '0001-01-01T00:00:00.000Z' }],
    ['boolean', { value: false }, { value: 'false' }],
    ['boolean', { value: 'true' }, { value: 'true' }],
    ['singleSelect', { optionIds: optionIds('s') }, { optionIds: optionIds('s') }],
    ['singleSelect', { optionIds: optionIds('EXTRA large') }, { optionIds: optionIds('xl') }],
    ['singleSelect', { value: 'small' }, { optionIds: optionIds('s') }],
    ['singleSelect', { value: 'XL', optionIds: null }, { optionIds: optionIds('xl') }],
    ['singleSelect', { value: 'XL', optionIds: [] }, { optionIds: optionIds('xl') }],
    ['singleSelect', { value: 'Small', optionIds: optionIds('xl') }, { optionIds: optionIds('xl') }],
    ['multiSelect', { optionIds: optionIds('xl', 's') }, { optionIds: optionIds('xl', 's') }],
    ['multiSelect', { optionIds: optionIds('s', 'Small', 'S') }, { optionIds: optionIds('s') }],
    ['multiSelect', { value: 'Extra large' }, { optionIds: optionIds('xl') }],
  ])('of the type %s may be %j', async (type, given, answered) => {
    const field = fields[type]!;
    const { status, body, headers } = await create([{ id: field.id.toUpperCase(), ...given }]);
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    expect(body.customFields).toEqual([{ optionIds: [], ...field, ...answered }]);
    expect(await read(body.id)).toEqual(body);
    const again = await own.admin.put(eventPath(body.id), { customFields: [{ id: field.id, ...given }] });
    expect(again.body).toEqual(body);
    expect((await own.admin.put(eventPath(body.id), body)).body).toEqual(body);
    expect(await auditTrail(world.server, body.id)).toEqual(['event.create']);
  });

  it('is kept as it is, whatever the text', async () => {
    for (const value of HOSTILE_TEXTS) {
      const { body } = await create([{ id: fields.text!.id, value }]);
      expect((await read(body.id)).customFields[0].value).toBe(value);
    }
  });

  it.each<[string, object, string]>([
    ['text', { value: {} }, 'value'],
    ['text', { value: ['x'] }, 'value'],
    ['text', { value: 'x'.repeat(10_001) }, 'value'],
    ['text', { optionIds: optionIds('s') }, 'optionIds'],
    ['number', { value: 'many' }, 'value'],
    ['number', { value: '0x10' }, 'value'],
    ['number', { value: '1e999' }, 'value'],
    ['number', { value: 'Infinity' }, 'value'],
    ['number', { value: true }, 'value'],
    ['number', { value: ' ' }, 'value'],
    ['date', { value: 'yesterday' }, 'value'],
    ['date', { value: '2026-02-30' }, 'value'],
    ['date', { value: 1_700_000_000 }, 'value'],
    ['boolean', { value: 'yes' }, 'value'],
    ['boolean', { value: 1 }, 'value'],
    ['singleSelect', { optionIds: optionIds('s', 'xl') }, 'optionIds'],
    ['singleSelect', { optionIds: optionIds('none') }, 'optionIds'],
    ['singleSelect', { value: 'none' }, 'value'],
    ['multiSelect', { optionIds: optionIds('s', 'none') }, 'optionIds'],
    ['multiSelect', { optionIds: ['s'] }, 'optionIds[0]'],
    ['multiSelect', { optionIds: [{}] }, 'optionIds[0].id'],
    ['multiSelect', { optionIds: 's' }, 'optionIds'],
    ['multiSelect', { value: 'Small, Large' }, 'value'],
    ['multiSelect', { value: '__proto__' }, 'value'],
  ])('of the type %s is no %j: 400 at its place, named by its field', async (type, given, part) => {
    const { status, body } = await create([
      { id: fields.text!.id === fields[type]!.id ? fields.number!.id : fields.text!.id, value: '1' },
      { id: fields[type]!.id, ...given },
    ]);
    expect([status, body.message.split(': ')[0]]).toEqual([400, `customFields[1].${part}`]);
  });

  it.each<[string, object]>([
    ['text', {}],
    ['text', { value: null }],
    ['number', { value: '' }],
    ['date', { value: null, optionIds: [] }],
    ['singleSelect', { optionIds: [] }],
    ['multiSelect', { optionIds: null, value: null }],
  ])('of the type %s is not there by %j', async (type, given) => {
    const { body } = await create([{ id: fields[type]!.id, ...given }]);
    expect(body.customFields).toEqual([]);
  });

  it('is for one of the company’s fields, once', async () => {
    const foreign = await newField(world.other);
    const unknown = await create([{ id: randomUUID(), value: 'x' }]);
    expect([unknown.status, unknown.body.message]).toEqual([
      400,
      'customFields[0].id: must be the id of a custom field of events',
    ]);
    for (const id of [foreign.id, 'text', '', fields.text!.name]) {
      const { status, body } = await create([{ id, value: 'x' }]);
      expect([status, body.message]).toEqual([400, unknown.body.message]);
    }
    const { id } = fields.text!;
    const twice = await create([
      { id, value: 'x' },
      { id: id.toUpperCase(), value: 'x' },
    ]);
    expect([twice.status, twice.body.message.split(': ')[0]]).toEqual([400, 'customFields[1].id']);
  });
});

describe('the values of an event', () => {
  it('are replaced whole where they are named, and stay where they are not', async () => {
    const [text, number] = [fields.text!.id, fields.number!.id];
    const { body } = await create([
      { id: text, value: 'Said' },
      { id: number, value: 1 },
    ]);
    const values = async () => (await read(body.id)).customFields.map(({ id, value }: Body) => [id, value]);
    await own.admin.put(eventPath(body.id), { name: 'Other' });
    expect(await values()).toEqual([
      [text, 'Said'],
      [number, '1'],
    ]);
    await put(body.id, [{ id: number, value: 2 }]);
    expect(await values()).toEqual([[number, '2']]);
    await put(body.id, [
      { id: number, value: 2 },
      { id: text, value: 'New' },
    ]);
    expect(await values()).toEqual([
      [text, 'New'],
      [number, '2'],
    ]);
    expect((await put(body.id, [{ id: number, value: 'many' }])).status).toBe(400);
    expect(await values()).toHaveLength(2);
    await put(body.id, []);
    expect(await values()).toEqual([]);
  });

  it('show their definitions as they are now, and go with them', async () => {
    const select = await newSelect(own, 'Small', 'Large');
    const { body } = await create([{ id: select.id, optionIds: [select.options[1]] }]);
    const { body: renamed } = await own.admin.patch(fieldPath(select.id), { name: `New ${randomUUID()}` });
    expect((await read(body.id)).customFields).toEqual([
      { ...renamed, optionIds: [{ id: select.options[1].id }] },
    ]);
    await own.admin.delete(fieldPath(select.id));
    expect(await read(body.id)).toEqual({ ...body, customFields: [] });
    expect((await own.admin.put(eventPath(body.id), body)).status).toBe(400);
  });

  it('hold an option in use', async () => {
    const select = await newSelect(own, 'Small', 'Large');
    const { body } = await create([{ id: select.id, value: 'Large' }]);
    const options = [select.options[0]];
    expect((await own.admin.patch(fieldPath(select.id), { options })).status).toBe(409);
    await put(body.id, []);
    expect((await own.admin.patch(fieldPath(select.id), { options })).status).toBe(200);
  });

  it('are of a field that is still there, whoever deletes it meanwhile', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await newField(own);
      const event = await newEvent(own);
      const [changed, gone] = await Promise.all([
        put(event.id, [{ id, value: 'Late' }]),
        own.admin.delete(fieldPath(id)),
      ]);
      expect(gone.status).toBe(200);
      expect([200, 400]).toContain(changed.status);
      expect((await read(event.id)).customFields).toEqual([]);
    }
  });
});

describe('a required field', () => {
  it('is required of a new event, and of a change that names values', async () => {
    const company = await world.server.company();
    const free = await newField(company);
    const field = await newField(company, { name: 'Cost centre', required: true });
    for (const customFields of [undefined, null, [], [{ id: free.id, value: 'x' }]]) {
      const { status, body } = await create(customFields, company);
      expect([status, body.message]).toEqual([
        400,
        `customFields.${field.id}: is required: Cost centre is a required field`,
      ]);
    }
    const empty = await create(
      [
        { id: free.id, value: 'x' },
        { id: field.id, value: '' },
      ],
      company,
    );
    expect([empty.status, empty.body.message.split(': ')[0]]).toEqual([400, 'customFields[1]']);
    const { body } = await create([{ id: field.id, value: '4711' }], company);
    const change = (customFields: unknown) => company.admin.put(eventPath(body.id), { customFields });
    expect((await company.admin.put(eventPath(body.id), { name: 'Other' })).status).toBe(200);
    for (const customFields of [null, [], [{ id: free.id, value: 'x' }]])
      expect((await change(customFields)).status).toBe(400);
    expect((await change([{ id: field.id, value: '4712' }])).status).toBe(200);
  });

  it('that is asked at registration is required of the visitors instead', async () => {
    const company = await world.server.company();
    const field = await newField(company, { required: true, askedAtRegistration: true });
    expect((await create(undefined, company)).status).toBe(200);
    const { status, body } = await create([{ id: field.id, value: 'Ours' }], company);
    expect([status, body.customFields[0].value]).toEqual([200, 'Ours']);
    expect((await company.admin.put(eventPath(body.id), { customFields: [] })).status).toBe(200);
  });

  it('that came later does not stand in the way of what leaves the values as they are', async () => {
    const company = await world.server.company();
    const before = await newEvent(company);
    const field = await newField(company, { required: true });
    const put = (change: object) => company.admin.put(eventPath(before.id), change);
    expect((await put(before)).body).toEqual(before);
    const { status, body } = await put({ ...before, name: 'Other' });
    expect([status, body.name]).toEqual([200, 'Other']);
    const free = await newField(company);
    expect((await put({ customFields: [{ id: free.id, value: 'x' }] })).status).toBe(400);
    const both = [
      { id: free.id, value: 'x' },
      { id: field.id, value: 'y' },
    ];
    expect((await put({ customFields: both })).status).toBe(200);
    expect(
      (await company.admin.post(`/v1/attractEvents/clone/${before.id}`, { start: before.start })).status,
    ).toBe(200);
  });
});
