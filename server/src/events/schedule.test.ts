import { describe, expect, it } from 'vitest';
import { type ClockInput, clockOf, decidedMoment } from './schedule.ts';

const BERLIN = 'Europe/Berlin';
const made = (input: ClockInput, timezone = BERLIN) => decidedMoment('start', input, timezone);

describe('clockOf', () => {
  it.each([
    ['2026-01-31T08:30:00.000Z', BERLIN, '2026-01-31', '09:30'],
    ['2026-07-31T08:30:00.000Z', BERLIN, '2026-07-31', '10:30'],
    ['2026-01-31T23:30:00.000Z', BERLIN, '2026-02-01', '00:30'],
    ['2026-01-31T08:30:07.000Z', 'UTC', '2026-01-31', '08:30:07'],
    ['2026-01-31T08:30:00.050Z', 'UTC', '2026-01-31', '08:30:00.05'],
    ['2026-01-31T08:30:00.000Z', 'Asia/Kathmandu', '2026-01-31', '14:15'],
    ['2026-01-01T08:30:00.000Z', 'Pacific/Honolulu', '2025-12-31', '22:30'],
  ])('%s in %s is %s at %s', (moment, timezone, date, time) => {
    expect(clockOf(moment, timezone)).toEqual({ date, time, timestamp: moment });
  });

  it('is read back as the moment that it shows', () => {
    for (const moment of ['1850-06-01T12:00:00.000Z', '2026-10-25T00:30:00.000Z', '2026-05-05T05:05:05.005Z'])
      for (const timezone of [BERLIN, 'UTC', 'America/St_Johns', 'Pacific/Apia']) {
        const { date, time } = clockOf(moment, timezone);
        expect(made({ date, time }, timezone)).toBe(moment);
        expect(made(clockOf(moment, timezone), timezone)).toBe(moment);
      }
  });
});

describe('a new moment', () => {
  it.each<[ClockInput, string, string]>([
    [{ timestamp: '2026-05-01T09:30:00+02:00' }, BERLIN, '2026-05-01T07:30:00.000Z'],
    [{ timestamp: '2026-05-01T09:30' }, BERLIN, '2026-05-01T09:30:00.000Z'],
    [{ timestamp: '2026-05-01' }, BERLIN, '2026-05-01T00:00:00.000Z'],
    [{ timestamp: ' 2026-05-01T09:30:00.1239Z ' }, BERLIN, '2026-05-01T09:30:00.123Z'],
    [{ date: '2026-05-01', time: '09:30' }, BERLIN, '2026-05-01T07:30:00.000Z'],
    [{ date: '2026-01-01', time: '09:30' }, BERLIN, '2026-01-01T08:30:00.000Z'],
    [{ date: ' 2026-01-01', time: '09:30:15.5 ' }, BERLIN, '2026-01-01T08:30:15.500Z'],
    [{ date: '2026-01-01', time: '23:59:59' }, 'UTC', '2026-01-01T23:59:59.000Z'],
    [{ date: '2026-05-01' }, BERLIN, '2026-04-30T22:00:00.000Z'],
    [{ date: '2026-05-01', time: null, timestamp: null }, BERLIN, '2026-04-30T22:00:00.000Z'],
    [{ date: '2028-02-29', time: '00:00' }, 'UTC', '2028-02-29T00:00:00.000Z'],
  ])('%j in %s is %s', (input, timezone, moment) => {
    expect(made(input, timezone)).toBe(moment);
  });

  it.each<[string, ClockInput, string, string]>([
    [
      'what the clocks skip is later',
      { date: '2026-03-29', time: '02:30' },
      BERLIN,
      '2026-03-29T01:30:00.000Z',
    ],
    ['', { date: '2026-03-08', time: '02:30' }, 'America/New_York', '2026-03-08T07:30:00.000Z'],
    [
      'by half an hour',
      { date: '2026-10-04', time: '02:15' },
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00.000Z',
    ],
    ['by a day', { date: '2011-12-30', time: '10:00' }, 'Pacific/Apia', '2011-12-30T20:00:00.000Z'],
    ['midnight too', { date: '2018-11-04' }, 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['of two the first', { date: '2026-10-25', time: '02:30' }, BERLIN, '2026-10-25T00:30:00.000Z'],
    ['', { date: '2026-11-01', time: '01:30' }, 'America/New_York', '2026-11-01T05:30:00.000Z'],
  ])('%s: %j in %s is %s', (_, input, timezone, moment) => {
    expect(made(input, timezone)).toBe(moment);
  });

  it.each<[string, ClockInput, string]>([
    ['all forms', { date: '2026-05-01', time: '09:30', timestamp: '2026-05-01T07:30:00Z' }, '07:30'],
    ['the second of two', { date: '2026-10-25', time: '02:30', timestamp: '2026-10-25T01:30:00Z' }, '01:30'],
    ['the first of two', { date: '2026-10-25', time: '02:30', timestamp: '2026-10-25T00:30:00Z' }, '00:30'],
    ['a skipped one', { date: '2026-03-29', time: '02:30', timestamp: '2026-03-29T01:30:00Z' }, '01:30'],
    ['and as it is shown', { date: '2026-03-29', time: '03:30', timestamp: '2026-03-29T01:30:00Z' }, '01:30'],
    ['the date alone', { date: '2026-05-01', timestamp: '2026-05-01T07:30:00Z' }, '07:30'],
    ['the time alone', { time: '09:30', timestamp: '2026-05-01T07:30:00Z' }, '07:30'],
  ])('may come in forms that agree: %s', (_, input, time) => {
    expect(made(input).slice(11, 16)).toBe(time);
  });

  it.each<[ClockInput, RegExp]>([
    [{}, /^start: must have a timestamp/],
    [{ timestamp: null, date: null }, /^start: must have a timestamp/],
    [{ time: '09:30' }, /^start: must have a timestamp/],
    [{ date: '2026-02-30' }, /^start\.date: must be a date/],
    [{ date: '2027-02-29' }, /^start\.date: must be a date/],
    [{ date: '01/31/2026' }, /^start\.date: must be a date/],
    [{ date: '2026-1-1' }, /^start\.date: must be a date/],
    [{ date: '2026-01-01T00:00Z' }, /^start\.date: must be a date/],
    [{ date: '' }, /^start\.date: must be a date/],
    [{ date: '0000-01-01' }, /^start\.date: must be a date/],
    [{ date: '10000-01-01' }, /^start\.date: must be a date/],
    [{ date: '2026-01-01', time: '24:00' }, /^start\.time: must be a time of day/],
    [{ date: '2026-01-01', time: '23:60' }, /^start\.time: must be a time of day/],
    [{ date: '2026-01-01', time: '23:59:60' }, /^start\.time: must be a time of day/],
    [{ date: '2026-01-01', time: '9:30' }, /^start\.time: must be a time of day/],
    [{ date: '2026-01-01', time: '9:30 AM' }, /^start\.time: must be a time of day/],
    [{ date: '2026-01-01', time: '09:30Z' }, /^start\.time: must be a time of day/],
    [{ date: '2026-01-01', time: '' }, /^start\.time: must be a time of day/],
    [{ timestamp: 'soon' }, /^start\.timestamp: must be a time/],
    [{ timestamp: '10000-01-01T00:00:00Z' }, /^start\.timestamp: must be a time/],
    [{ timestamp: '0000-12-31T23:59:59Z' }, /^start\.timestamp: must be a time/],
    [{ timestamp: '2026-05-01T07:30:00Z', date: '2026-05-02' }, /^start\.timestamp: must be the same moment/],
    [{ timestamp: '2026-05-01T07:30:00Z', time: '07:30' }, /^start\.timestamp: must be the same moment/],
    [
      { timestamp: '2026-05-01T07:30:00Z', date: '2026-05-01', time: '07:30' },
      /^start\.timestamp: must be the same moment as date and time in Europe\/Berlin/,
    ],
    [{ timestamp: '2026-10-25T02:30:00Z', date: '2026-10-25', time: '02:30' }, /^start\.timestamp: /],
  ])('%j is refused', (input, message) => {
    expect(() => made(input)).toThrow(message);
  });

  it.each<[ClockInput, string]>([
    [{ date: '0001-01-01', time: '00:00' }, 'Asia/Tokyo'],
    [{ date: '9999-12-31', time: '23:59' }, 'America/New_York'],
    [{ timestamp: '0001-01-01T00:00:00Z' }, 'America/New_York'],
    [{ timestamp: '9999-12-31T23:59:59Z' }, 'Asia/Tokyo'],
  ])('%j in %s is outside of the years that a date or a timestamp can say', (input, timezone) => {
    expect(() => made(input, timezone)).toThrow(/^start\.\w+: must be in the years 1 to 9999/);
  });

  it('reaches from the first year to the last', () => {
    for (const timestamp of ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])
      expect(made(clockOf(timestamp, 'UTC'), 'UTC')).toBe(timestamp);
  });
});

describe('a moment that there is already', () => {
  const MOMENT = '2026-03-20T08:30:00.000Z';
  const shown = clockOf(MOMENT, BERLIN);
  const changed = (input: ClockInput, timezone = BERLIN, moment = MOMENT) =>
    decidedMoment('end', input, timezone, { moment, timezone: BERLIN });

  it.each<[string, ClockInput, string]>([
    ['nothing', {}, MOMENT],
    ['all as it was', shown, MOMENT],
    ['null', { date: null, time: null, timestamp: null }, MOMENT],
    ['another form of the same', { timestamp: '2026-03-20T09:30+01:00', time: '09:30:00.000' }, MOMENT],
    ['the date alone, over a change of the clocks', { date: '2026-03-30' }, '2026-03-30T07:30:00.000Z'],
    ['the date beside the rest', { ...shown, date: '2026-03-30' }, '2026-03-30T07:30:00.000Z'],
    ['the time alone', { time: '10:00' }, '2026-03-20T09:00:00.000Z'],
    ['the time beside the rest', { ...shown, time: '10:00' }, '2026-03-20T09:00:00.000Z'],
    [
      'date and time beside the rest',
      { ...shown, date: '2026-04-01', time: '10:00' },
      '2026-04-01T08:00:00.000Z',
    ],
    ['the timestamp alone', { timestamp: '2026-04-01T08:00:00Z' }, '2026-04-01T08:00:00.000Z'],
    [
      'the timestamp beside the rest',
      { ...shown, timestamp: '2026-04-01T08:00:00Z' },
      '2026-04-01T08:00:00.000Z',
    ],
    ['all of it', clockOf('2026-04-01T08:00:00.000Z', BERLIN), '2026-04-01T08:00:00.000Z'],
    ['the second of two', clockOf('2026-10-25T01:30:00.000Z', BERLIN), '2026-10-25T01:30:00.000Z'],
    [
      'a date on which its time is skipped',
      { date: '2026-03-29', time: '02:30' },
      '2026-03-29T01:30:00.000Z',
    ],
  ])('%s', (_, input, moment) => {
    expect(changed(input)).toBe(moment);
  });

  it('stays the second of two where it is sent back', () => {
    const second = '2026-10-25T01:30:00.000Z';
    expect(changed(clockOf(second, BERLIN), BERLIN, second)).toBe(second);
    expect(changed({ date: '2026-10-25' }, BERLIN, second)).toBe(second);
  });

  it.each<[string, ClockInput, string]>([
    ['keeps date and time of day', {}, '2026-03-20T13:30:00.000Z'],
    ['also where it is sent back', shown, '2026-03-20T13:30:00.000Z'],
    ['takes a date of its own', { date: '2026-03-21' }, '2026-03-21T13:30:00.000Z'],
    ['takes a timestamp as it is', { timestamp: '2026-03-21T13:30:00Z' }, '2026-03-21T13:30:00.000Z'],
    [
      'takes all of it in the new zone',
      clockOf('2026-03-21T13:30:00.000Z', 'America/New_York'),
      '2026-03-21T13:30:00.000Z',
    ],
  ])('in another time zone it %s', (_, input, moment) => {
    expect(changed(input, 'America/New_York')).toBe(moment);
  });

  it.each<[ClockInput, RegExp]>([
    [{ date: '2026-04-01', timestamp: '2026-04-02T08:00:00Z' }, /^end\.timestamp: must be the same moment/],
    [
      { ...shown, time: '10:00', timestamp: '2026-03-20T08:00:00Z' },
      /^end\.timestamp: must be the same moment/,
    ],
    [{ date: 'tomorrow' }, /^end\.date: /],
    [{ ...shown, time: 'noon' }, /^end\.time: /],
  ])('%j is refused', (input, message) => {
    expect(() => changed(input)).toThrow(message);
  });

  it('is refused where another time zone moves it out of the years', () => {
    const first = { moment: '0001-01-01T00:00:00.000Z', timezone: 'UTC' };
    expect(() => decidedMoment('start', {}, 'Asia/Tokyo', first)).toThrow(
      /^start.date: must be in the years/,
    );
  });
});
