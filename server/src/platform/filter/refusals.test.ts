import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from '../../../test/fuzz/hostile.ts';
import { Problem } from '../problem.ts';
import { compileFilter } from './compile-filter.ts';
import { EXTRA_IDS, FIELDS, NOW } from './fixtures/things.ts';

function problem(data: unknown): Problem | undefined {
  try {
    compileFilter(data, FIELDS, { firstParameter: 1, now: NOW, path: 'data' });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return error as Problem;
  }
}
/** The message of the 400. */
function refusal(data: unknown): string | undefined {
  const thrown = problem(data);
  if (thrown) expect(thrown.status).toBe(400);
  return thrown?.message;
}
const eq = (value: unknown) => ({ op: 'EQ', value });
function nested(depth: number, inner: unknown): unknown {
  let outer = inner;
  for (let level = 0; level < depth; level++) outer = { op: level % 2 ? 'ANY' : 'ALL', value: [outer] };
  return outer;
}

describe('a statement of the wrong form', () => {
  it.each([
    ['a string', 'all', 'data: must be a list of queries'],
    ['null', null, 'data: must be a list of queries'],
    ['one query without a list', { title: eq('a') }, 'data: must be a list of queries'],
    ['a query that is null', [{}, null], 'data[1]: must be an object of conditions by field'],
    ['a query that is a list', [[]], 'data[0]: must be an object of conditions by field'],
    ['a bare value', [{ title: 'a' }], 'data[0].title: must be a condition: an object with op and value'],
    [
      'a list for a condition',
      [{ title: [eq('a')] }],
      'data[0].title: must be a condition: an object with op and value',
    ],
    ['no value', [{ title: { op: 'EQ' } }], 'data[0].title.value: is required'],
    [
      'a list operator without a list',
      [{ title: { op: 'ANY', value: 'a' } }],
      'data[0].title.value: must be a list of conditions',
    ],
    [
      'bare values in a list',
      [{ title: { op: 'ANY', value: [eq('a'), 'b'] } }],
      'data[0].title.value[1]: must be a condition: an object with op and value',
    ],
    [
      'a condition for fields within one',
      [{ extras: 'a' }],
      'data[0].extras: must be an object of conditions by id',
    ],
  ])('%s', (_, data, message) => {
    expect(refusal(data)).toBe(message);
  });
});

describe('a name that is not known', () => {
  it('is answered with the nearest that is', () => {
    expect(refusal([{ titel: eq('a') }])).toBe('data[0].titel: is not known here; did you mean title?');
    expect(refusal([{}, { 'held/on': eq(null) }])).toBe(
      'data[1].held/on: is not known here; did you mean held/at?',
    );
    expect(refusal([{ fulltextprefix: eq('a') }])).toMatch(/did you mean FULL_TEXT_PREFIX\?$/);
  });

  it('is answered by itself where none is near, or within a field', () => {
    expect(refusal([{ somethingElse: eq('a') }])).toBe('data[0].somethingElse: is not known here');
    expect(refusal([{ extras: { colours: eq('a') } }])).toBe('data[0].extras.colours: is not known here');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])('may be %j', (name) => {
    expect(refusal([JSON.parse(`{${JSON.stringify(name)}: {"op": "EQ", "value": "a"}}`)])).toMatch(
      /is not known here/,
    );
    expect(
      refusal([{ extras: JSON.parse(`{${JSON.stringify(name)}: {"op": "EQ", "value": "a"}}`) }]),
    ).toMatch(/is not known here/);
  });

  it('is cut in the answer', () => {
    expect(refusal([{ [`${'a'.repeat(79)}😀${'b'.repeat(100_000)}`]: eq('a') }])).toBe(
      `data[0].${'a'.repeat(79)}\ufffd: is not known here`,
    );
  });
});

describe('an operator that the kind of field does not take', () => {
  it.each([
    ['title', 'EQ, NEQ, LT, LTE, GT, GTE, PREFIX, ANY, ALL'],
    ['held/at', 'EQ, NEQ, LT, LTE, GT, GTE, ANY, ALL'],
    ['seats', 'EQ, NEQ, LT, LTE, GT, GTE, ANY, ALL'],
    ['open', 'EQ, NEQ, ANY, ALL'],
    ['topics', 'EQ, NEQ, ANY, ALL'],
    ['labels', 'EQ, NEQ, ANY, ALL'],
    ['spot', 'WITHIN'],
    ['FULL_TEXT_PREFIX', 'FULL_TEXT_PREFIX'],
  ])('%s takes %s', (field, operators) => {
    const all = ['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'PREFIX', 'ANY', 'ALL', 'WITHIN', 'FULL_TEXT_PREFIX'];
    const wrong = all.filter((op) => !operators.split(', ').includes(op));
    for (const op of [...wrong, 'eq', 'LIKE', 'constructor', '', null, 1, ['EQ'], {}, undefined]) {
      expect(refusal([{ [field]: { op, value: 'a' } }])).toBe(
        `data[0].${field}.op: must be one of ${operators}`,
      );
    }
  });

  it('is named by its place in the lists', () => {
    expect(
      refusal([
        {},
        { open: { op: 'ANY', value: [eq(true), { op: 'ALL', value: [{ op: 'GT', value: true }] }] } },
      ]),
    ).toBe('data[1].open.value[1].value[0].op: must be one of EQ, NEQ, ANY, ALL');
  });
});

describe('a value that does not fit', () => {
  const MOMENT =
    'must be a time such as 2026-01-31T12:00:00Z, or a date such as 2026-01-31, or {"daysAgo": 7}';
  const DAYS = 'must be a number from -36500 to 36500';
  const NULL = 'must not be null: only EQ and NEQ take what is not set';
  it.each([
    ['title', 'EQ', 5, 'value: must be a string'],
    ['title', 'PREFIX', null, 'value: must be a string'],
    ['title', 'LT', null, `value: ${NULL}`],
    ['title', 'EQ', 'a\0b', 'value: must not contain the character U+0000'],
    ['title', 'EQ', 'half \ud83d', 'value: must not contain half of a surrogate pair'],
    ['title', 'EQ', 'x'.repeat(10_001), 'value: must be at most 10000 characters long'],
    ['held/at', 'EQ', 'yesterday', `value: ${MOMENT}`],
    ['held/at', 'EQ', '2026-02-30', `value: ${MOMENT}`],
    ['held/at', 'EQ', 1_700_000_000, `value: ${MOMENT}`],
    ['held/at', 'EQ', { daysago: 1 }, `value: ${MOMENT}`],
    ['held/at', 'GTE', null, `value: ${NULL}`],
    ['held/at', 'GT', { daysAgo: '1' }, `value.daysAgo: ${DAYS}`],
    ['held/at', 'GT', { daysAgo: 36_500.5 }, `value.daysAgo: ${DAYS}`],
    ['held/at', 'GT', { daysAgo: -36_501 }, `value.daysAgo: ${DAYS}`],
    ['held/at', 'GT', { daysAgo: Number.NEGATIVE_INFINITY }, `value.daysAgo: ${DAYS}`],
    ['seats', 'EQ', 'many', 'value: must be a number'],
    ['seats', 'EQ', '', 'value: must be a number'],
    ['seats', 'EQ', '0x10', 'value: must be a number'],
    ['seats', 'EQ', '1e999', 'value: must be a number'],
    ['seats', 'EQ', Number.POSITIVE_INFINITY, 'value: must be a number'],
    ['seats', 'EQ', true, 'value: must be a number'],
    ['seats', 'LTE', null, `value: ${NULL}`],
    ['open', 'EQ', 'true', 'value: must be true or false'],
    ['open', 'EQ', 1, 'value: must be true or false'],
    ['topics', 'EQ', 5, 'value: must be a string'],
    ['labels', 'NEQ', ['x'], 'value: must be a string'],
    ['spot', 'WITHIN', null, 'value: must be an object with lat, lon and km'],
    ['spot', 'WITHIN', [1, 2, 3], 'value: must be an object with lat, lon and km'],
    ['spot', 'WITHIN', { lat: 90.1, lon: 0, km: 1 }, 'value.lat: must be a number from -90 to 90'],
    ['spot', 'WITHIN', { lat: '1', lon: 0, km: 1 }, 'value.lat: must be a number from -90 to 90'],
    ['spot', 'WITHIN', { lat: 0, lon: -180.1, km: 1 }, 'value.lon: must be a number from -180 to 180'],
    ['spot', 'WITHIN', { lat: 0, lon: 0 }, 'value.km: must be a number from 0 to 20040'],
    ['spot', 'WITHIN', { lat: 0, lon: 0, km: 0 }, 'value.km: must be greater than 0'],
    ['spot', 'WITHIN', { lat: 0, lon: 0, km: 20_041 }, 'value.km: must be a number from 0 to 20040'],
    ['FULL_TEXT_PREFIX', 'FULL_TEXT_PREFIX', null, 'value: must be a string'],
    [
      'FULL_TEXT_PREFIX',
      'FULL_TEXT_PREFIX',
      Array.from({ length: 101 }, (_, n) => n).join(' '),
      'value: must have at most 100 words',
    ],
  ])('%s %s %j', (field, op, value, message) => {
    expect(refusal([{ [field]: { op, value } }])).toBe(`data[0].${field}.${message}`);
  });

  it('is refused in a list too, by its place', () => {
    expect(refusal([{ title: { op: 'ANY', value: [eq('a'), eq(1)] } }])).toBe(
      'data[0].title.value[1].value: must be a string',
    );
  });
});

describe('too much', () => {
  it('of lists in lists: five are taken, a sixth is not', () => {
    expect(refusal([{ title: nested(5, eq('a')) }])).toBeUndefined();
    expect(refusal([{ title: nested(6, eq('a')) }])).toMatch(/: must not be more than 5 lists deep$/);
    expect(refusal([{ title: nested(9_000, eq('a')) }])).toMatch(/: must not be more than 5 lists deep$/);
    expect(refusal(JSON.parse('['.repeat(9_000) + ']'.repeat(9_000)))).toMatch(
      /^data\[0\]: must be an object/,
    );
  });

  it('of entries in a list', () => {
    const list = (length: number) => [{ title: { op: 'ANY', value: Array(length).fill(eq('a')) } }];
    expect(refusal(list(100))).toBeUndefined();
    expect(refusal(list(101))).toBe('data[0].title.value: must have at most 100 entries');
  });

  it('of queries', () => {
    expect(refusal(Array(50).fill({}))).toBeUndefined();
    expect(refusal(Array(51).fill({}))).toBe('data: must have at most 50 entries');
  });

  it('of conditions, in however many queries and lists', () => {
    // Five a query: the list, three in it, and one of another field.
    const query = { title: { op: 'ANY', value: Array(3).fill(eq('a')) }, seats: eq(1) };
    expect(refusal(Array(40).fill(query))).toBeUndefined();
    expect(refusal([...Array(40).fill(query), { open: eq(true) }])).toBe(
      'data: must hold at most 200 conditions',
    );
    const wide = { op: 'ANY', value: Array(100).fill({ op: 'ANY', value: Array(100).fill(eq('a')) }) };
    expect(refusal([{ title: wide }])).toBe('data: must hold at most 200 conditions');
  });
});

describe('anything at all', () => {
  const anything = [...HOSTILE_TEXTS, ...HOSTILE_VALUES];
  const wraps: ((value: unknown) => unknown)[] = [
    (value) => value,
    (value) => [value],
    ...Object.keys(FIELDS).flatMap((field) => [
      (value: unknown) => [{ [field]: value }],
      ...['EQ', 'LT', 'PREFIX', 'ANY', 'WITHIN', 'FULL_TEXT_PREFIX'].flatMap((op) => [
        (value: unknown) => [{ [field]: { op, value } }],
        (value: unknown) => [{ [field]: { op: 'ALL', value: [{ op, value }] } }],
      ]),
      (op: unknown) => [{ [field]: { op, value: 'a' } }],
    ]),
    (value) => [{ extras: { [EXTRA_IDS[0]!]: value } }],
    (value) => [{ values: { remark: value } }],
    (value) => [{ values: { picks: { op: 'NEQ', value } } }],
    (value) => [{ spot: { op: 'WITHIN', value: { lat: value, lon: value, km: value } } }],
    (value) => [{ 'held/at': { op: 'EQ', value: { daysAgo: value } } }],
  ];

  it('is taken or is a 400 with a short message', () => {
    for (const wrap of wraps) {
      for (const value of anything) expect((refusal(wrap(value)) ?? '').length).toBeLessThan(300);
    }
  });
});
