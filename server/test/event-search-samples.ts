import { FIELD_TYPES } from '../src/contacts/custom-fields/custom-field.ts';
import type { EventField } from '../src/events/custom-fields/field.ts';
import { FIRST_OF_FILTER, searchStatements } from '../src/events/event-search-store.ts';
import { SORT_KEYS, searchFields } from '../src/events/search-fields.ts';
import type { Statement } from '../src/platform/db/statement.ts';
import { compileFilter } from '../src/platform/filter/compile-filter.ts';
import { OPERATORS } from '../src/platform/filter/condition.ts';
import type { Field } from '../src/platform/filter/fields.ts';

const CUSTOM_FIELDS: EventField[] = FIELD_TYPES.map((type, index) => ({
  id: `00000000-0000-4000-8000-00000000000${index}`,
  name: type,
  type,
  options: /Select/.test(type) ? [{ id: 'one', label: 'One' }] : [],
  required: false,
  asked: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}));

/** What a field of each kind is compared with. Of places: an ordinary one, one on the date line, and a pole. */
const VALUES: Readonly<Record<Field['kind'], readonly unknown[]>> = {
  text: ['a'],
  moment: ['2026-01-01', { daysAgo: 7 }],
  number: [7],
  boolean: [true],
  choices: ['one'],
  place: [
    { lat: 52.5, lon: 13.4, km: 25 },
    { lat: -17.7, lon: 179.9, km: 100 },
    { lat: 89.9, lon: 0, km: 500 },
  ],
  words: ['one', 'two words'],
};

/** Everything that a field of a kind can be asked. */
function conditions(kind: Field['kind']): object[] {
  const leaf = (op: string) => VALUES[kind].map((value) => ({ op, value }));
  const nulls = ['EQ', 'NEQ'].map((op) => ({ op, value: null }));
  return OPERATORS[kind].flatMap((op): object[] => {
    if (op === 'ANY' || op === 'ALL') {
      const deep = { op: op === 'ANY' ? 'ALL' : 'ANY', value: [...leaf('NEQ'), ...nulls] };
      return [
        { op, value: [] },
        { op, value: [...leaf('EQ'), ...leaf('EQ')] },
        { op, value: [...leaf('EQ'), ...nulls, deep] },
      ];
    }
    return [...leaf(op), ...nulls.filter((one) => one.op === op)];
  });
}

/** Every field by its name, and every type of custom field by its id: what asks about it, and the kind that it is. */
function fields(): { label: string; kind: Field['kind']; query: (condition: object) => object }[] {
  return Object.entries(searchFields(CUSTOM_FIELDS)).flatMap(([name, field]) => {
    if (typeof field !== 'function')
      return [{ label: name, kind: field.kind, query: (condition: object) => ({ [name]: condition }) }];
    return CUSTOM_FIELDS.map(({ id, type }) => ({
      label: `${name} ${type}`,
      kind: field(id)!.kind,
      query: (condition: object) => ({ [name]: { [id]: condition } }),
    }));
  });
}

/**
 * The statements of searches that ask everything of every field, by every key and in both directions, each text once.
 * They have no names of their own; here each is called by what it is about.
 */
export function eventSearchSamples(): Statement[] {
  const found = new Map<string, Statement>();
  const add = (label: string, data: unknown[] | undefined, sort = 'start/timestamp', descending = false) => {
    const filter = compileFilter(data, searchFields(CUSTOM_FIELDS), {
      firstParameter: FIRST_OF_FILTER,
      now: new Date(),
      path: 'data',
    });
    const { page, estimate } = searchStatements({ filter, sort: SORT_KEYS[sort]!, descending });
    for (const [name, statement] of [
      [`event search ${label}`, page],
      [`event search estimate ${label}`, estimate],
    ] as const)
      if (!found.has(statement.text)) found.set(statement.text, { ...statement, name });
  };
  const every = fields();
  const each = every.map(({ kind, query }) => query(conditions(kind)[0]!));
  add('of all', undefined);
  add('of one of each', each);
  add('of all of each', [mergedOf(each)]);
  for (const [index, { label, kind, query }] of every.entries()) {
    const asked = conditions(kind).map(query);
    add(`of any of ${label}`, asked);
    // One condition by itself, for one field of a kind among the event's own, and for every custom field.
    const first = every.findIndex((other) => other.kind === kind) === index;
    if (first || label.startsWith('customFields'))
      for (const [at, one] of asked.entries()) add(`of ${label} ${at}`, [one]);
  }
  for (const name of Object.keys(SORT_KEYS))
    for (const descending of [false, true])
      add(`by ${name} ${descending ? 'desc' : 'asc'}`, [mergedOf(each)], name, descending);
  return [...found.values()];
}

/** One query of several about different fields. */
function mergedOf(queries: object[]): object {
  const [custom, own] = [
    queries.flatMap((query) => ('customFields' in query ? [query.customFields as object] : [])),
    queries.filter((query) => !('customFields' in query)),
  ];
  return Object.assign({ customFields: Object.assign({}, ...custom) }, ...own);
}
