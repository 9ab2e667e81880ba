import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { compileFilter } from './compile-filter.ts';
import { createThings, FIELDS, NOW } from './fixtures/things.ts';

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
  await server.sql('create index by_spot on thing (lat, lon)');
  client = await server.database.connect();
  await client.query('set enable_seqscan = off');
});
afterAll(async () => {
  await client.end();
  await server.close();
});

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
