import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { newEvent } from '../../../test/factories.ts';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from '../../../test/fuzz/hostile.ts';
import type { Answer, TestCompany } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { fieldPath, newField } from '../custom-fields/http/fixtures/fields.ts';

type Body = Answer['body'];
const world = twoCompanies();
let own: TestCompany;
const fields: Record<string, Body> = {};
/** By type: what `a` says, what `b` says; `c` says nothing. */
const SAID: Record<string, [unknown, unknown]> = {
  text: ['Alpha', 'Alps'],
  number: [2, 10.5],
  date: ['2026-03-01', '2026-03-02T12:00:00Z'],
  boolean: [true, false],
  singleSelect: ['s', 'l'],
  multiSelect: [
    ['s', 'm'],
    ['m', 'l'],
  ],
};
beforeAll(async () => {
  own = await world.server.company();
  const options = ['s', 'm', 'l'].map((id) => ({ id, label: `Size ${id}` }));
  for (const type of Object.keys(SAID))
    fields[type] = await newField(own, { type, ...(type.endsWith('Select') ? { options } : {}) });
  for (const [place, name] of (['a', 'b'] as const).entries())
    await newEvent(own, {
      name,
      customFields: Object.entries(SAID).map(([type, said]) => ({
        id: fields[type].id,
        ...(Array.isArray(said[place])
          ? { optionIds: said[place].map((id) => ({ id })) }
          : { value: said[place] }),
      })),
    });
  await newEvent(own, { name: 'c' });
});

const search = (data: unknown) => own.admin.post('/v1/attractEvents/search', { data, sortFieldId: 'name' });
async function found(data: unknown): Promise<string> {
  const { status, body } = await search(data);
  expect([status, body.message]).toEqual([200, undefined]);
  return body.data.map(({ name }: Body) => name).join('');
}
const eq = (value: unknown) => ({ op: 'EQ', value });
const neq = (value: unknown) => ({ op: 'NEQ', value });

describe('customFields', () => {
  it.each<[string, string, unknown, string]>([
    ['text', 'EQ', 'Alpha', 'a'],
    ['text', 'NEQ', 'Alpha', 'bc'],
    ['text', 'PREFIX', 'Alp', 'ab'],
    ['text', 'PREFIX', 'alp', ''],
    ['text', 'LT', 'Alps', 'a'],
    ['text', 'LTE', 'Alps', 'ab'],
    ['text', 'GT', 'Alpha', 'b'],
    ['text', 'GTE', 'Alpha', 'ab'],
    ['text', 'ANY', [eq('Alpha'), eq(null)], 'ac'],
    ['number', 'EQ', 10.5, 'b'],
    ['number', 'EQ', '10.5', 'b'],
    ['number', 'NEQ', 2, 'bc'],
    ['number', 'LT', 10.5, 'a'],
    ['number', 'LTE', 10.5, 'ab'],
    ['number', 'GT', 2, 'b'],
    ['number', 'GTE', '2', 'ab'],
    ['number', 'ANY', [eq(2), eq(10.5)], 'ab'],
    ['date', 'EQ', '2026-03-01', 'a'],
    ['date', 'NEQ', '2026-03-01', 'bc'],
    ['date', 'LT', '2026-03-02', 'a'],
    ['date', 'LTE', '2026-03-02T12:00:00Z', 'ab'],
    ['date', 'GT', '2026-03-01T00:00:00+01:00', 'ab'],
    ['date', 'GTE', '2026-03-02', 'b'],
    ['date', 'LT', { daysAgo: -36_500 }, 'ab'],
    ['boolean', 'EQ', true, 'a'],
    ['boolean', 'EQ', false, 'b'],
    ['boolean', 'NEQ', true, 'bc'],
    ['boolean', 'ANY', [eq(true), eq(false)], 'ab'],
    ['singleSelect', 'EQ', 's', 'a'],
    ['singleSelect', 'NEQ', 's', 'bc'],
    ['singleSelect', 'ANY', [eq('s'), eq('l')], 'ab'],
    ['multiSelect', 'EQ', 'm', 'ab'],
    ['multiSelect', 'EQ', 'l', 'b'],
    ['multiSelect', 'NEQ', 'l', 'ac'],
    ['multiSelect', 'ALL', [eq('s'), eq('m')], 'a'],
    ['multiSelect', 'ALL', [eq('m'), neq('s')], 'b'],
    ['multiSelect', 'EQ', 'none', ''],
  ])('of the type %s: %s %j', async (type, op, value, names) => {
    expect(await found([{ customFields: { [fields[type].id]: { op, value } } }])).toBe(names);
  });

  it.each(Object.keys(SAID))('of the type %s: null is not set', async (type) => {
    const { id } = fields[type];
    for (const [condition, names] of [
      [eq(null), 'c'],
      [neq(null), 'ab'],
      [{ op: 'ANY', value: [eq(null), neq(null)] }, 'abc'],
      [{ op: 'ALL', value: [eq(null), neq(null)] }, ''],
      [{ op: 'ANY', value: [] }, ''],
      [{ op: 'ALL', value: [] }, 'abc'],
    ] as const)
      expect([condition, await found([{ customFields: { [id]: condition } }])]).toEqual([condition, names]);
  });

  it('by their ids in either case, several at once, beside others', async () => {
    const [text, number] = [fields.text.id, fields.number.id.toUpperCase()];
    expect(await found([{ customFields: { [text]: eq('Alpha'), [number]: eq(2) } }])).toBe('a');
    expect(await found([{ customFields: { [text]: eq('Alpha'), [number]: eq(10.5) } }])).toBe('');
    expect(
      await found([{ customFields: { [text]: eq('Alpha') } }, { customFields: { [number]: eq(10.5) } }]),
    ).toBe('ab');
    expect(await found([{ customFields: { [text]: neq('Alpha') }, name: neq('b') }])).toBe('c');
    expect(await found([{ customFields: {} }])).toBe('abc');
  });

  it('400: what is no field of the company, no longer, or asked what it does not take', async () => {
    const foreign = await newField(world.company);
    const gone = await newField(own);
    await own.admin.delete(fieldPath(gone.id));
    for (const id of [foreign.id, gone.id, randomUUID(), 'text', '__proto__', '']) {
      const query = JSON.parse(`{"customFields": {${JSON.stringify(id)}: {"op": "EQ", "value": "x"}}}`);
      const { status, body } = await search([{}, query]);
      expect([id, status, body.message]).toEqual([id, 400, `data[1].customFields.${id}: is not known here`]);
    }
    for (const [type, condition, part] of [
      ['number', { op: 'PREFIX', value: '1' }, '.op'],
      ['boolean', { op: 'GT', value: true }, '.op'],
      ['singleSelect', { op: 'LT', value: 's' }, '.op'],
      ['number', eq('many'), '.value'],
      ['date', eq('soon'), '.value'],
      ['boolean', eq(1), '.value'],
      ['text', eq(1), '.value'],
      ['multiSelect', eq(['s']), '.value'],
      ['text', 'Alpha', ''],
    ] as const) {
      const { id } = fields[type];
      const { status, body } = await search([{ customFields: { [id]: condition } }]);
      expect([status, body.message.split(': ')[0]]).toEqual([400, `data[0].customFields.${id}${part}`]);
    }
  });

  it('200 or 400: a value of any kind', async () => {
    for (const value of [...HOSTILE_TEXTS, ...HOSTILE_VALUES])
      for (const { id } of Object.values(fields)) {
        const answers = await Promise.all(
          ['EQ', 'NEQ', 'LT', 'ANY'].map((op) => search([{ customFields: { [id]: { op, value } } }])),
        );
        for (const { status } of answers) expect([200, 400, 413]).toContain(status);
      }
  });
});
