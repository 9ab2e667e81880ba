import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { compileFilter } from './compile-filter.ts';
import { createThings, FIELDS, NOW, VALUE_IDS } from './fixtures/things.ts';

let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startServer();
  await createThings(server, []);
  await server.sql('create index by_title on thing ((title collate "C"))');
  await server.sql('create index by_held_at on thing (held_at)');
  await server.sql('create index by_seats on thing (seats)');
  await server.sql('create index by_topics on thing using gin (topics)');
  await server.sql('create index by_labels on thing using gin (labels)');
  await server.sql('create index by_words on thing using gin (words)');
  await server.sql('create index by_company_words on thing using gin (company_words)');
  await server.sql('create index by_spot on thing (lat, lon)');
  await createValues();
  client = await server.database.connect();
  await client.query('set enable_seqscan = off');
});
afterAll(async () => {
  await client.end();
  await server.close();
});

/** Of three companies, a thousand things with five values each. */
async function createValues(): Promise<void> {
  await server.sql(
    `insert into thing_value
      select company, thing, field::uuid,
        case kind when 1 then 'text ' || thing end, case kind when 3 then thing end,
        case kind when 2 then timestamptz '2026-01-01' + thing * interval '1 hour' end,
        case kind when 4 then thing % 10 = 0 end, case kind when 5 then array['c' || company || '-' || thing % 50] end
      from generate_series(1, 3) company, generate_series(1, 1000) thing,
        unnest($1::text[]) with ordinality as fields(field, kind)`,
    [[VALUE_IDS.remark, VALUE_IDS.dueAt, VALUE_IDS.weight, VALUE_IDS.done, VALUE_IDS.picks]],
  );
  await server.sql('create index value_field on thing_value (company_id, field_id)');
  for (const [name, column] of [
    ['text', '(left(text_value, 2)) collate "C"'],
    ['number', 'number_value'],
    ['moment', 'moment_value'],
    ['boolean', 'boolean_value'],
  ]) {
    const kept = `${name}_value is not null`;
    await server.sql(
      `create index value_${name} on thing_value (company_id, field_id, ${column}) where ${kept}`,
    );
  }
  await server.sql('create index value_choices on thing_value using gin (choices)');
  await server.sql('vacuum analyze thing_value');
}

interface Plan {
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

/** The indexes that a plan for any values uses, each with its condition. */
async function indexes(query: unknown): Promise<[string, string][]> {
  const { where } = compileFilter([query], FIELDS, { firstParameter: 1, now: NOW, path: 'data' });
  const { rows } = await client.query(
    `explain (generic_plan, format json) select from thing t where ${where}`,
  );
  const [{ Plan: top }] = JSON.parse(rows[0]['QUERY PLAN']);
  const used = (plan: Plan): [string, string][] => [
    ...(plan['Index Name'] ? [[plan['Index Name'], plan['Index Cond'] ?? ''] as [string, string]] : []),
    ...(plan.Plans ?? []).flatMap(used),
  ];
  return used(top);
}

const eq = (value: unknown) => ({ op: 'EQ', value });

describe('an index serves', () => {
  it.each([
    ['a text', 'title', eq('a'), 'by_title', /title = \$1/],
    [
      'one of several texts',
      'title',
      { op: 'ANY', value: [eq('a'), eq('b')] },
      'by_title',
      /title = ANY \(\$1\)/,
    ],
    ['a prefix', 'title', { op: 'PREFIX', value: 'ab' }, 'by_title', /title >= \$1.*title < \$2/],
    ['texts after one', 'title', { op: 'GT', value: 'a' }, 'by_title', /title > \$1/],
    ['texts that are not set', 'title', eq(null), 'by_title', /title IS NULL/],
    ['a moment', 'held/at', eq('2026-01-01'), 'by_held_at', /held_at = \$1/],
    ['moments before one', 'held/at', { op: 'LT', value: { daysAgo: 3 } }, 'by_held_at', /held_at < \$1/],
    ['a number', 'seats', { op: 'LTE', value: 4 }, 'by_seats', /seats <= \$1/],
    ['a choice in an array', 'topics', eq('a'), 'by_topics', /topics @> ARRAY\[\$1\]/],
    [
      'one of several in an array',
      'topics',
      { op: 'ANY', value: [eq('a'), eq('b')] },
      'by_topics',
      /topics && \$1/,
    ],
    ['a choice in JSON', 'labels', eq('a'), 'by_labels', /labels \? \$1/],
    [
      'one of several in JSON',
      'labels',
      { op: 'ANY', value: [eq('a'), eq('b')] },
      'by_labels',
      /labels \?\| \$1/,
    ],
    [
      'words within',
      'ownWords',
      { op: 'FULL_TEXT_PREFIX', value: 'a b' },
      'by_company_words',
      /company_words @@ .*\$2/,
    ],
    ['words', 'FULL_TEXT_PREFIX', { op: 'FULL_TEXT_PREFIX', value: 'a b' }, 'by_words', /words @@ /],
    [
      'a place',
      'spot',
      { op: 'WITHIN', value: { lat: 1, lon: 2, km: 3 } },
      'by_spot',
      /lat >= \$3.*lat <= \$4.*lon >= \$5.*lon <= \$6/,
    ],
    [
      'a place by the date line',
      'spot',
      { op: 'WITHIN', value: { lat: 1, lon: 180, km: 3 } },
      'by_spot',
      /lat >= \$3.*lat <= \$4/,
    ],
  ])('%s', async (_, field, condition, name, expected) => {
    const used = await indexes({ [field]: condition });
    expect(used.length).toBeGreaterThan(0);
    for (const [index, on] of used) {
      expect(index).toBe(name);
      expect(on.replaceAll(/[()]|::\w+(?:\[\])?/g, '')).toMatch(
        new RegExp(expected.source.replaceAll(/\\[()]/g, '')),
      );
    }
  });

  it('each side of ANY', async () => {
    const used = await indexes({ seats: { op: 'ANY', value: [eq(1), { op: 'GT', value: 5 }] } });
    expect(used.map(([index]) => index)).toEqual(['by_seats', 'by_seats']);
  });
});

const neq = (value: unknown) => ({ op: 'NEQ', value });
const any = (...value: unknown[]) => ({ op: 'ANY', value });

describe('an index on the rows of another table serves', () => {
  it.each([
    ['the beginning of a text', 'remark', eq('a'), 'value_text', /left"text_value, 2 = \$2/],
    ['one of several texts', 'remark', any(eq('a'), eq('b')), 'value_text', /left"text_value, 2 = ANY \$2/],
    [
      'a prefix',
      'remark',
      { op: 'PREFIX', value: 'ab' },
      'value_text',
      /left"text_value, 2 >= \$3.*left"text_value, 2 < \$4/,
    ],
    ['a number', 'weight', eq(1), 'value_number', /number_value = \$1/],
    [
      'numbers between two',
      'weight',
      {
        op: 'ALL',
        value: [
          { op: 'GTE', value: 1 },
          { op: 'LT', value: 2 },
        ],
      },
      'value_number',
      /number_value >= \$1.*number_value < \$2/,
    ],
    ['every number but one', 'weight', neq(1), 'value_number', /number_value = \$1/],
    ['a moment', 'dueAt', { op: 'LT', value: '2026-01-01' }, 'value_moment', /moment_value < \$1/],
    ['every moment but one', 'dueAt', neq('2026-01-01'), 'value_moment', /moment_value = \$1/],
    ['a boolean', 'done', eq(true), 'value_boolean', /boolean_value = \$1/],
    ['what is not true', 'done', neq(true), 'value_boolean', /boolean_value = \$1/],
    ['a choice', 'picks', eq('a'), 'value_choices', /choices @> ARRAY\[\$1\]/],
    ['one of several choices', 'picks', any(eq('a'), eq('b')), 'value_choices', /choices && \$1/],
    ['what has not one choice', 'picks', neq('a'), 'value_choices', /choices @> ARRAY\[\$1\]/],
    ['what is set', 'picks', neq(null), 'value_field', /field_id = \$1/],
    ['what is not set', 'picks', eq(null), 'value_field', /field_id = \$1/],
  ])('%s', async (_, field, condition, name, expected) => {
    const used = new Map(await indexes({ values: { [field]: condition } }));
    const on = used.get(name)?.replaceAll(/[()]|::\w+(?:\[\])?/g, '');
    expect(on, JSON.stringify([...used])).toMatch(expected);
    if (name !== 'value_choices') expect(on).toMatch(/^company_id = 1 AND field_id = /);
    // Beside the choices, at most the other condition.
    const others = [...used.keys()].filter((other) => other.startsWith('value_') && other !== name);
    expect(others.filter((other) => other !== 'value_field')).toEqual([]);
  });
});
