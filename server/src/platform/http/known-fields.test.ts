import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { knownFields } from './known-fields.ts';

const Named = Type.Object({ name: Type.String() });
const AnyName = Type.Unsafe({ type: 'object', additionalProperties: { type: 'string' } });
const records = [
  ['by a pattern', Type.Record(Type.String(), Type.String())],
  ['by no pattern', AnyName],
] as const;

describe.each(records)('a record %s', (_name, schema) => {
  it('keeps every property, whatever it is called', () => {
    const body = JSON.parse('{"q.1":"a","__proto__":"b","constructor":"c","":"d"}');
    const known = knownFields(schema, body);
    expect(JSON.stringify(known.value)).toBe(JSON.stringify(body));
    expect(known.unknown).toEqual([]);
  });

  it.each([
    [{ a: 'x\0' }, 'a: must not contain the character U+0000'],
    [{ a: 'half \ud83d' }, 'a: must not contain half of a surrogate pair'],
    [{ 'a\0': 'x' }, 'the name of a field: must not contain the character U+0000'],
  ])('takes no text that cannot be kept: %j', (body, message) => {
    expect(() => knownFields(schema, body)).toThrow(message);
  });
});

describe('records within', () => {
  it('are looked into, and what they hold is', () => {
    const schema = Type.Object({ by: Type.Record(Type.String(), Named) });
    const known = knownFields(schema, { by: { x: { name: 'a', age: 1 } }, other: 1 });
    expect(known).toEqual({ value: { by: { x: { name: 'a' } } }, unknown: ['by.x.age', 'other'] });
    expect(() => knownFields(schema, { by: { x: { name: '\0' } } })).toThrow('by.x.name: must not');
  });

  it('hold only what their pattern names', () => {
    const schema = Type.Record(Type.String({ pattern: '^q\\.' }), Type.String());
    expect(knownFields(schema, { 'q.1': 'a', z: 'b' })).toEqual({ value: { 'q.1': 'a' }, unknown: ['z'] });
  });
});

it('a body whose properties are all known by name is as before', () => {
  const closed = Type.Object({ name: Type.String() }, { additionalProperties: false });
  expect(knownFields(closed, { name: 'a', b: 1 })).toEqual({ value: { name: 'a' }, unknown: ['b'] });
  expect(knownFields(Named, JSON.parse('{"__proto__":{"name":"x"}}'))).toEqual({
    value: {},
    unknown: ['__proto__'],
  });
});
