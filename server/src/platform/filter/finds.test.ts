import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { compileFilter } from './compile-filter.ts';
import { createThings, EXTRA_IDS, FIELDS, found, NOW, type Thing, UNSET } from './fixtures/things.ts';

const [COLOUR, QUOTED] = EXTRA_IDS as [string, string];
/** By name, so that the tests say which they expect. */
const THINGS: Record<string, Partial<Thing>> = {
  unset: {},
  fair: {
    title: 'Fair',
    heldAt: '2026-03-01T00:00:00.000Z',
    seats: 10,
    open: true,
    topics: ['a', 'b'],
    labels: ['x'],
    values: { remark: 'early', dueAt: '2026-03-01T00:00:00.000Z', weight: 2, done: true, picks: ['p', 'q'] },
  },
  fairground: {
    title: 'Fairground',
    heldAt: '2026-03-09T12:00:00.000Z',
    seats: 10.5,
    open: false,
    topics: ['b'],
    labels: ['x', 'y'],
    values: {
      remark: 'even earlier',
      dueAt: '2026-03-11T00:00:00.000Z',
      weight: 2.5,
      done: false,
      picks: ['q', 'r'],
    },
  },
  small: {
    title: 'fair',
    heldAt: '2026-03-10T00:00:00.000Z',
    seats: -1,
    topics: [],
    labels: [],
    values: { remark: null, dueAt: null, weight: null, done: null, picks: [] },
  },
  percent: { title: '100%', extras: { [COLOUR]: 'red' } },
  hundred: { title: '1000', extras: { [COLOUR]: 'green', [QUOTED]: 'red' } },
  empty: { title: '', seats: 0 },
  berlin: { spot: { lat: 52.52, lon: 13.405 } },
  munich: { spot: { lat: 48.137, lon: 11.575 } },
  fiji: { spot: { lat: -17.8, lon: 178 } },
  samoa: { spot: { lat: -13.8, lon: -171.8 } },
  pole: { spot: { lat: 90, lon: 0 } },
  byPole: { spot: { lat: 89.9, lon: -120 } },
  tromso: { spot: { lat: 69.65, lon: 18.96 } },
  kirkenes: { spot: { lat: 69.73, lon: 30.05 } },
  cape: { spot: { lat: -75.3, lon: -180 } },
  equator: { spot: { lat: 5e-324, lon: 180 } },
};
const NAMES = Object.keys(THINGS);

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await createThings(
    server,
    Object.values(THINGS).map((thing) => ({ ...UNSET, ...thing })),
  );
});
afterAll(() => server.close());

async function names(data: unknown): Promise<string[]> {
  return (await found(server, data)).map((id) => NAMES[id]!);
}
const finding = (field: string, op: string, value: unknown) => names([{ [field]: { op, value } }]);
const all = (except: string[]) => NAMES.filter((name) => !except.includes(name));
const eq = (value: unknown) => ({ op: 'EQ', value });

describe('a statement', () => {
  it('finds everything without data, without queries, by an empty query', async () => {
    for (const data of [undefined, [], [{}], [{ title: eq('none such') }, {}]]) {
      expect(await names(data)).toEqual(NAMES);
    }
  });

  it('finds what one of its queries holds for', async () => {
    expect(await names([{ title: eq('Fair') }, { seats: eq(0) }])).toEqual(['fair', 'empty']);
  });

  it('finds by a query what every one of its conditions holds for', async () => {
    expect(await names([{ seats: { op: 'GT', value: 0 }, open: eq(false) }])).toEqual(['fairground']);
    expect(await names([{ title: eq('Fair'), open: eq(false) }])).toEqual([]);
  });

  it('stays one condition beside others', async () => {
    const { where, values } = compileFilter([{ title: eq('Fair') }, { title: eq('fair') }], FIELDS, {
      firstParameter: 2,
      now: NOW,
      path: 'data',
    });
    const rows = await server.sql<{ id: number }>(
      `select id from thing t where t.id = $1 and ${where} and not ${where} is null`,
      [NAMES.indexOf('small'), ...values],
    );
    expect(rows).toEqual([{ id: NAMES.indexOf('small') }]);
  });
});

describe('what is not set', () => {
  const set = ['fair', 'fairground', 'small', 'empty'];
  it('is found by EQ null and by no other EQ', async () => {
    expect(await finding('seats', 'EQ', null)).toEqual(all(set));
    expect(await finding('seats', 'EQ', 10)).toEqual(['fair']);
  });

  it('is found by NEQ, but not by NEQ null', async () => {
    expect(await finding('seats', 'NEQ', 10)).toEqual(all(['fair']));
    expect(await finding('seats', 'NEQ', null)).toEqual(set);
    expect(await finding('open', 'NEQ', true)).toEqual(all(['fair']));
  });

  it('is before and after nothing', async () => {
    expect(await finding('seats', 'LT', 1e308)).toEqual(set);
    expect(await finding('held/at', 'GT', '0001-01-01')).toEqual(['fair', 'fairground', 'small']);
    expect(await finding('title', 'GTE', '')).toEqual([
      'fair',
      'fairground',
      'small',
      'percent',
      'hundred',
      'empty',
    ]);
  });

  it('is not an empty text', async () => {
    expect(await finding('title', 'EQ', '')).toEqual(['empty']);
    expect(await finding('title', 'EQ', null)).not.toContain('empty');
  });
});

describe('ANY and ALL', () => {
  it('hold for nothing and for everything without conditions', async () => {
    expect(await finding('title', 'ANY', [])).toEqual([]);
    expect(await finding('title', 'ALL', [])).toEqual(NAMES);
    expect(await finding('spot', 'WITHIN', { lat: 0, lon: 0, km: 20_040 })).not.toContain('unset');
  });

  it('hold where one and where every condition does', async () => {
    expect(await finding('title', 'ANY', [eq('Fair'), eq('fair')])).toEqual(['fair', 'small']);
    expect(await finding('seats', 'ANY', [eq(10), eq('10.5')])).toEqual(['fair', 'fairground']);
    expect(
      await finding('seats', 'ALL', [
        { op: 'GTE', value: 0 },
        { op: 'LT', value: 10.5 },
      ]),
    ).toEqual(['fair', 'empty']);
    expect(await finding('title', 'ANY', [eq('Fair'), eq(null)])).toEqual([
      'unset',
      'fair',
      ...NAMES.slice(7),
    ]);
  });

  it('may hold each other', async () => {
    const either = { op: 'ANY', value: [eq('Fair'), { op: 'PREFIX', value: '100' }] };
    expect(await finding('title', 'ALL', [either, { op: 'NEQ', value: '1000' }])).toEqual([
      'fair',
      'percent',
    ]);
  });
});

describe('a text', () => {
  it('is compared exactly, and by code points', async () => {
    expect(await finding('title', 'EQ', 'fair')).toEqual(['small']);
    expect(await finding('title', 'LT', 'Fairground')).toEqual(['fair', 'percent', 'hundred', 'empty']);
    expect(await finding('title', 'GT', 'Fairground')).toEqual(['small']);
  });

  it('begins with a prefix in its own case, and no character of that stands for others', async () => {
    expect(await finding('title', 'PREFIX', 'Fair')).toEqual(['fair', 'fairground']);
    expect(await finding('title', 'PREFIX', '100%')).toEqual(['percent']);
    expect(await finding('title', 'PREFIX', '100_')).toEqual([]);
    expect(await finding('title', 'PREFIX', '%')).toEqual([]);
    expect(await finding('title', 'PREFIX', '')).toEqual([
      'fair',
      'fairground',
      'small',
      'percent',
      'hundred',
      'empty',
    ]);
  });
});

describe('a moment', () => {
  it('may be written with any offset, without a zone, as a date', async () => {
    for (const written of ['2026-03-01', '2026-03-01T00:00:00.0000', '2026-02-28T22:00:00-02:00']) {
      expect(await finding('held/at', 'EQ', written)).toEqual(['fair']);
    }
    expect(await finding('held/at', 'GT', '2026-03-01')).toEqual(['fairground', 'small']);
  });

  it('may be so many days ago, also to come and in fractions', async () => {
    expect(await finding('held/at', 'EQ', { daysAgo: 1 })).toEqual(['fairground']);
    expect(await finding('held/at', 'EQ', { daysAgo: 0.5 })).toEqual(['small']);
    expect(await finding('held/at', 'LTE', { daysAgo: 1 })).toEqual(['fair', 'fairground']);
    expect(await finding('held/at', 'LT', { daysAgo: -36_500 })).toEqual(['fair', 'fairground', 'small']);
    expect(await finding('held/at', 'LT', { daysAgo: 36_500 })).toEqual([]);
  });
});

describe.each(['topics', 'labels'])('choices in %s', (field) => {
  const [first, both] = field === 'topics' ? ['a', 'b'] : ['y', 'x'];
  const holder = field === 'topics' ? 'fair' : 'fairground';

  it('are asked for one among them', async () => {
    expect(await finding(field, 'EQ', first)).toEqual([holder]);
    expect(await finding(field, 'EQ', both)).toEqual(['fair', 'fairground']);
    expect(await finding(field, 'NEQ', first)).toEqual(all([holder]));
  });

  it('are not set where none is chosen', async () => {
    expect(await finding(field, 'EQ', null)).toEqual(all(['fair', 'fairground']));
    expect(await finding(field, 'NEQ', null)).toEqual(['fair', 'fairground']);
  });

  it('combine', async () => {
    expect(await finding(field, 'ALL', [eq(first), eq(both)])).toEqual([holder]);
    expect(await finding(field, 'ANY', [eq(first), eq(both)])).toEqual(['fair', 'fairground']);
    expect(await finding(field, 'ANY', [eq(first), eq(null)])).toEqual(
      NAMES.filter((name) => name === holder || !name.startsWith('fair')),
    );
    expect(await finding(field, 'ALL', [eq(both), { op: 'NEQ', value: first }])).toEqual(
      ['fair', 'fairground'].filter((name) => name !== holder),
    );
  });
});

describe('a place', () => {
  const within = (lat: number, lon: number, km: number) => finding('spot', 'WITHIN', { lat, lon, km });

  it('is found within the distance by the great circle', async () => {
    // Berlin to Munich is 504.2 km.
    expect(await within(48.137, 11.575, 504)).toEqual(['munich']);
    expect(await within(48.137, 11.575, 505)).toEqual(['berlin', 'munich']);
    expect(await within(52.52, 13.405, 1e-300)).toEqual(['berlin']);
    expect(await within(0, 0, 20_040)).toEqual(NAMES.slice(7));
  });

  it('is found at the same latitude, where degrees of longitude are short', async () => {
    expect(await within(69.65, 18.96, 440)).toEqual(['tromso', 'kirkenes']);
    expect(await within(69.73, 30.05, 440)).toEqual(['tromso', 'kirkenes']);
  });

  it('is found across the date line, from both sides', async () => {
    expect(await within(-17.8, 178, 1_200)).toEqual(['fiji', 'samoa']);
    expect(await within(-13.8, -171.8, 1_200)).toEqual(['fiji', 'samoa']);
    expect(await within(0, -180, 0.001)).toEqual(['equator']);
    expect(await within(0, 180, 0.001)).toEqual(['equator']);
  });

  it('is found around the pole, on whatever longitude', async () => {
    expect(await within(89.9, 60, 23)).toEqual(['pole', 'byPole']);
    expect(await within(90, 60, 0.001)).toEqual(['pole']);
    expect(await within(-90, 0, 20_015)).not.toContain('pole');
    expect(await within(-90, 0, 20_015.2)).toEqual(NAMES.slice(7));
  });

  it('is found from the other side of the earth', async () => {
    for (const [lat, lon] of [
      // To floats, these two are a little more than half the earth apart.
      [75.3, 0],
      [-52.52, -166.595],
      [-48.137, -168.425],
      [17.8, -2],
      [13.8, 8.2],
    ] as const) {
      expect(await within(lat, lon, 20_040)).toEqual(NAMES.slice(7));
    }
  });

  it('may have coordinates that are hardly there', async () => {
    expect(await within(-5e-324, -180, 1)).toEqual(['equator']);
    expect(await within(1e-200, 1e-200, 1)).toEqual([]);
  });
});

describe('fields within a field', () => {
  it('are found by their ids, with every one of the conditions', async () => {
    expect(await names([{ extras: { [COLOUR]: { op: 'NEQ', value: null } } }])).toEqual([
      'percent',
      'hundred',
    ]);
    expect(
      await names([{ extras: { [COLOUR]: eq('green'), [QUOTED]: { op: 'PREFIX', value: 'r' } } }]),
    ).toEqual(['hundred']);
    expect(await names([{ extras: { [COLOUR]: eq('red'), [QUOTED]: eq('red') } }])).toEqual([]);
    expect(await names([{ extras: {} }])).toEqual(NAMES);
  });
});

describe('fields in rows of another table', () => {
  const value = (name: string, op: string, to: unknown) => names([{ values: { [name]: { op, value: to } } }]);

  it('are found by what their row says', async () => {
    expect(await value('remark', 'EQ', 'early')).toEqual(['fair']);
    expect(await value('remark', 'PREFIX', 'e')).toEqual(['fair', 'fairground']);
    expect(await value('weight', 'GT', '2')).toEqual(['fairground']);
    expect(await value('dueAt', 'LT', { daysAgo: 1 })).toEqual(['fair']);
    expect(await value('done', 'EQ', false)).toEqual(['fairground']);
    expect(await value('picks', 'ANY', [eq('p'), eq('r')])).toEqual(['fair', 'fairground']);
  });

  it('are not set without a row, and by a row that says nothing', async () => {
    for (const name of ['remark', 'weight', 'dueAt', 'done', 'picks']) {
      expect(await value(name, 'EQ', null)).toEqual(all(['fair', 'fairground']));
      expect(await value(name, 'NEQ', null)).toEqual(['fair', 'fairground']);
    }
    expect(await value('remark', 'NEQ', 'early')).toEqual(all(['fair']));
    expect(await value('picks', 'NEQ', 'q')).toEqual(all(['fair', 'fairground']));
    expect(await value('remark', 'ANY', [eq('early'), eq(null)])).toEqual(all(['fairground']));
    expect(await value('weight', 'ALL', [{ op: 'NEQ', value: 2 }, eq(null)])).toEqual(
      all(['fair', 'fairground']),
    );
    expect(await value('weight', 'ANY', [])).toEqual([]);
    expect(await value('weight', 'ALL', [])).toEqual(NAMES);
  });

  it('combine with each other and with those beside them', async () => {
    const both = { remark: { op: 'PREFIX', value: 'e' }, picks: { op: 'NEQ', value: 'p' } };
    expect(await names([{ values: both }])).toEqual(['fairground']);
    expect(await names([{ values: both, open: eq(true) }, { values: { weight: eq(2) } }])).toEqual(['fair']);
  });
});

describe('texts that mean something to SQL', () => {
  it('are texts', async () => {
    for (const text of [...HOSTILE_TEXTS, "') or true --", "'; delete from thing; --", '$1', '\\']) {
      for (const op of ['EQ', 'PREFIX']) expect(await finding('title', op, text)).toEqual([]);
      expect(await finding('title', 'ANY', [eq(text), eq('Fair')])).toEqual(['fair']);
      for (const field of ['topics', 'labels']) {
        expect(await finding(field, 'EQ', text)).toEqual([]);
        expect(await finding(field, 'ANY', [eq(text), eq(`${text},`)])).toEqual([]);
      }
      expect(await names([{ extras: { [QUOTED]: eq(text) } }])).toEqual([]);
      for (const name of ['remark', 'picks'])
        expect(await names([{ values: { [name]: eq(text) } }])).toEqual([]);
      for (const field of ['FULL_TEXT_PREFIX', 'ownWords']) {
        expect(await finding(field, 'FULL_TEXT_PREFIX', `word ${text}`)).toEqual([]);
      }
    }
    expect(await names(undefined)).toEqual(NAMES);
  });
});
