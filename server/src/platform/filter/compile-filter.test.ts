import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { compileFilter } from './compile-filter.ts';
import { EXTRA_IDS, FIELDS, NOW, OWN_COMPANY, VALUE_IDS } from './fixtures/things.ts';

const compiled = (data: unknown, firstParameter = 1) =>
  compileFilter(data, FIELDS, { firstParameter, now: NOW, path: 'data' });
const eq = (value: unknown) => ({ op: 'EQ', value });

describe('a compiled filter', () => {
  it('numbers its parameters from the first one on and gives the type of each', () => {
    const { where, types, values } = compiled(
      [
        { title: { op: 'PREFIX', value: 'ab' }, seats: { op: 'GTE', value: '7' } },
        {
          open: eq(true),
          'held/at': { op: 'LT', value: { daysAgo: 1.5 } },
          topics: { op: 'NEQ', value: 'x' },
        },
      ],
      4,
    );
    expect(types).toEqual(['text', 'text', 'float8', 'bool', 'timestamptz', 'text']);
    expect(values).toEqual(['ab', 'ac', 7, true, '2026-03-09T00:00:00.000Z', 'x']);
    expect(new Set(where.match(/\$\d+/g))).toEqual(new Set(['$4', '$5', '$6', '$7', '$8', '$9']));
  });

  it('has no parameters where nothing is asked', () => {
    for (const data of [undefined, [], [{}], [{ extras: {} }]]) {
      expect(compiled(data)).toEqual({ where: 'true', types: [], values: [] });
    }
  });

  it('names every parameter that it binds, also where a condition needs no column', () => {
    const id = EXTRA_IDS[0]!;
    for (const condition of [
      { op: 'ANY', value: [] },
      { op: 'ALL', value: [] },
    ]) {
      expect(compiled([{ extras: { [id]: condition } }]).values).toEqual([]);
    }
    const twice = compiled([
      { extras: { [id]: { op: 'ALL', value: [eq(null), { op: 'NEQ', value: 'a' }] } } },
    ]);
    expect(twice.values).toEqual([id, 'a']);
    const words = (value: string) => compiled([{ ownWords: { op: 'FULL_TEXT_PREFIX', value } }]).values;
    expect(words('a b')).toEqual(['a b', OWN_COMPANY]);
    expect(words('...')).toEqual([]);
  });

  it('asks for a row that the whole condition holds for, or for none that it does not hold for', () => {
    const asked = (condition: unknown) => compiled([{ values: { remark: condition } }]);
    const none = (condition: unknown) => asked(condition).where.startsWith('(not (t.id in ');
    const neq = (value: unknown) => ({ op: 'NEQ', value });
    const [any, all] = ['ANY', 'ALL'].map((op) => (...value: unknown[]) => ({ op, value }));
    for (const one of [eq('a'), neq(null), { op: 'PREFIX', value: '' }, any!(), all!(neq('a'), eq('b'))]) {
      expect(none(one)).toBe(false);
      expect(none(any!(one, neq('b')))).toBe(true);
    }
    for (const one of [eq(null), neq('a'), all!(), all!(neq('a'), eq(null)), any!(eq('a'), all!(eq(null)))]) {
      expect(none(one)).toBe(true);
      expect(none(all!(one, eq('b')))).toBe(false);
    }
    const nested = asked(all!(any!(eq('a'), eq('b')), neq('c')));
    expect(nested.values).toEqual([['a', 'b'], ['a', 'b'], 'c', VALUE_IDS.remark]);
    expect(nested.where.match(/thing_value/g)).toHaveLength(1);
  });

  it('asks for one of several values in one comparison, so that lists of any length are one statement', () => {
    for (const field of ['title', 'topics', 'labels']) {
      const some = (...values: string[]) => compiled([{ [field]: { op: 'ANY', value: values.map(eq) } }]);
      expect(some('a', 'b', 'c').values).toEqual([['a', 'b', 'c']]);
      expect(some('a', 'b', 'c').where).toBe(some('a').where);
    }
  });

  it('has a box around a place, in two stretches of longitude where the date line is in it', () => {
    const box = (lat: number, lon: number, km: number) =>
      compiled([{ spot: { op: 'WITHIN', value: { lat, lon, km } } }]);
    const degree = (6_371.0088 * Math.PI) / 180;
    const round = (values: unknown[]) =>
      values.slice(2, -1).map((value) => Math.round(Number(value) * 1000) / 1000);
    expect(round(box(0, 20, degree).values)).toEqual([-1, 1, 19, 21]);
    expect(round(box(60, 20, degree).values)).toEqual([59, 61, 18, 22]);
    expect(round(box(0, 179.5, degree).values)).toEqual([-1, 1, 178.5, -179.5]);
    expect(round(box(0, -179.5, degree).values)).toEqual([-1, 1, 179.5, -178.5]);
    expect(round(box(89.5, 20, degree).values)).toEqual([88.5, 90.5]);
    expect(box(0, 20, degree).where).toContain('(t.lon) >= $5::float8 and (t.lon) <= $6::float8');
    expect(box(0, 180, degree).where).toContain('((t.lon) >= $5::float8 or (t.lon) <= $6::float8)');
  });

  it('is the same SQL whatever the values are', () => {
    const statement = (text: string) =>
      compiled([
        {
          title: {
            op: 'ALL',
            value: [eq(text), { op: 'LT', value: text }, { op: 'PREFIX', value: `${text}.` }],
          },
          topics: { op: 'ANY', value: [eq(text), { op: 'NEQ', value: text }] },
          labels: eq(text),
          FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value: `word ${text}` },
          ownWords: { op: 'FULL_TEXT_PREFIX', value: `word ${text}` },
          extras: { [EXTRA_IDS[1]!]: eq(text) },
          values: { remark: { op: 'ANY', value: [{ op: 'NEQ', value: text }, eq(text)] }, picks: eq(text) },
        },
      ]);
    const { where } = statement('plain');
    for (const text of HOSTILE_TEXTS) expect(statement(text).where).toBe(where);
    expect(where).not.toContain('plain');
    expect(where).not.toContain('quoted');
  });
});
