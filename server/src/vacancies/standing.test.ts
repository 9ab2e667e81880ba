import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  changedStanding,
  type Move,
  type Past,
  removal,
  requireUnlocked,
  type Standing,
} from './standing.ts';
import type { Stage } from './vacancy.ts';

const NOW = '2026-05-05T12:00:00.000Z';
const stage = (id: string, locked = false): Stage => ({
  id,
  value: id.toUpperCase(),
  name: id,
  order: 0,
  locked,
  integrations: {},
});
const pipeline = { id: 'v', title: 'Cook', stages: [stage('a'), stage('b'), stage('z', true)] };
const standing: Standing = {
  stageId: 'a',
  stageAt: '2026-01-02T00:00:00.000Z',
  addedAt: '2026-01-01T00:00:00.000Z',
};
const past: Past = { standing, last: standing.stageAt };
const change = (before: Past, input: Parameters<typeof changedStanding>[2]) =>
  changedStanding(pipeline, before, input, 'x.');
const told = (moves: Move[]) => moves.map(({ kind, at }) => `${kind} ${at}`);

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOW);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('changedStanding', () => {
  it('comes to the first stage, now', () => {
    expect(change({}, {})).toEqual({
      standing: { stageId: 'a', stageAt: NOW, addedAt: NOW },
      moves: [{ kind: 'added', at: NOW, from: undefined, to: { id: 'a', value: 'A' } }],
    });
  });

  it('stays where it is without a stage, or with the one that it is on, whatever its date', () => {
    for (const input of [{}, { stage: null }, { stage: { id: 'a', date: '1999-01-01' } }])
      expect(change(past, input)).toEqual({ standing, moves: [] });
  });

  it('moves, and keeps since when it is on the vacancy', () => {
    expect(change(past, { stage: { id: 'b', date: '2026-02-02' } })).toEqual({
      standing: { ...standing, stageId: 'b', stageAt: '2026-02-02T00:00:00.000Z' },
      moves: [
        {
          kind: 'moved',
          at: '2026-02-02T00:00:00.000Z',
          from: { id: 'a', value: 'A' },
          to: { id: 'b', value: 'B' },
        },
      ],
    });
  });

  it('whatever happens without a date happens after the last, though that lies ahead', () => {
    const ahead: Past = { standing, last: '2026-05-05T20:00:00.000Z' };
    const next = '2026-05-05T20:00:00.001Z';
    expect(told(change(ahead, { stage: { id: 'b' } }).moves)).toEqual([`moved ${next}`]);
    expect(told(change(ahead, { rejectionReason: { id: 'r' } }).moves)).toEqual([`rejected ${next}`]);
    expect(told(change({ last: ahead.last! }, {}).moves)).toEqual([`added ${next}`]);
    expect(removal(pipeline, standing, ahead.last).at).toBe(next);
    expect(removal(pipeline, standing, past.last).at).toBe(NOW);
  });

  it('a rejection without a date is not before the move that it comes with', () => {
    const { standing: after, moves } = change(past, {
      stage: { id: 'b', date: '2026-05-06T00:00:00Z' },
      rejectionReason: { value: 'No' },
    });
    expect(told(moves)).toEqual(['moved 2026-05-06T00:00:00.000Z', 'rejected 2026-05-06T00:00:00.000Z']);
    expect(after.rejection!.date).toBe('2026-05-06T00:00:00.000Z');
  });

  const rejected: Past = {
    standing: { ...standing, rejection: { id: 'r', value: 'No', date: '2026-01-03T00:00:00.000Z' } },
    last: '2026-01-04T00:00:00.000Z',
  };

  it.each([
    [{ id: 'r' }],
    [{ id: 'r', value: 'No' }],
    [{ value: ' No ' }],
    [{ id: 'r', value: null, date: null }],
    [{ id: '', value: 'No' }],
    [{ id: 'r', date: '2026-01-03' }],
    [{ id: 'r', date: '2026-01-03T01:00:00+01:00' }],
  ])('the rejection %j is the one that there is', (rejectionReason) => {
    expect(change(rejected, { rejectionReason })).toEqual({ standing: rejected.standing, moves: [] });
  });

  it('other words keep the day; another id is another rejection', () => {
    const words = change(rejected, { rejectionReason: { id: 'r', value: 'Never' } });
    expect(words.standing.rejection).toEqual({ id: 'r', value: 'Never', date: '2026-01-03T00:00:00.000Z' });
    expect(told(words.moves)).toEqual([`rejected ${NOW}`]);
    const other = change(rejected, { rejectionReason: { id: 's' } });
    expect(other.standing.rejection).toEqual({ id: 's', date: NOW });
  });

  it('null takes a rejection back, and is nothing where there is none', () => {
    const back = change(rejected, { rejectionReason: null });
    expect(back.standing).toEqual(standing);
    expect(told(back.moves)).toEqual([`reinstated ${NOW}`]);
    expect(change(past, { rejectionReason: null })).toEqual({ standing, moves: [] });
  });

  it.each([
    [
      past,
      { stage: { id: 'q' } },
      "x.stage.id: must be the id of one of the vacancy's stages: a (A), b (B), z (Z)",
    ],
    [
      past,
      { stage: { id: 'b', date: '2026-01-01T23:59:59.999Z' } },
      'x.stage.date: must not be before 2026-01-02',
    ],
    [
      past,
      { stage: { id: 'b', date: '2026-05-06T12:00:00.001Z' } },
      'x.stage.date: must not be in the future',
    ],
    [
      { last: NOW },
      { stage: { id: 'b', date: '2026-05-05' } },
      'x.stage.date: must not be before 2026-05-05T12',
    ],
    [past, { rejectionReason: {} }, 'x.rejectionReason: must have an id or a value'],
    [
      past,
      { rejectionReason: { id: 'r', date: '2026-01-01' } },
      'x.rejectionReason.date: must not be before',
    ],
    [
      past,
      { stage: { id: 'b', date: '2026-03-01' }, rejectionReason: { id: 'r', date: '2026-02-01' } },
      'x.rejectionReason.date: must not be before 2026-03-01',
    ],
  ])('refuses %j %j', (before, input, message) => {
    expect(() => change(before, input)).toThrow(message);
  });

  it('refuses a vacancy without stages', () => {
    expect(() => changedStanding({ ...pipeline, stages: [] }, {}, {}, '')).toThrow('stage: ');
  });
});

describe('requireUnlocked', () => {
  const from = { id: 'z', value: 'Z' };

  it('refuses moves out of a locked stage, and no others', () => {
    for (const kind of ['moved', 'removed'] as const)
      expect(() => requireUnlocked(pipeline, [{ kind, at: NOW, from }])).toThrow('the stage z (Z) is locked');
    requireUnlocked(pipeline, [
      { kind: 'rejected', at: NOW, from },
      { kind: 'added', at: NOW, to: from },
      { kind: 'moved', at: NOW, from: { id: 'a', value: 'A' }, to: from },
    ]);
  });
});
