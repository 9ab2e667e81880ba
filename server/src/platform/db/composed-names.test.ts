import { expect, it } from 'vitest';
import { ComposedNames } from './composed-names.ts';

const times = (names: ComposedNames, text: string, count: number) =>
  Array.from({ length: count }, () => names.of(text));

it('names a text when it comes the third time, and keeps to that', () => {
  const names = new ComposedNames();
  const [first, second, third, ...rest] = times(names, 'select 1', 5);
  expect([first, second]).toEqual(['', '']);
  expect(third).toMatch(/^composed\.[0-9a-f]{10}$/);
  expect(new Set(rest)).toEqual(new Set([third]));
});

it('gives two texts two names', () => {
  const names = new ComposedNames();
  expect(times(names, 'select 1', 3).at(-1)).not.toBe(times(names, 'select 2', 3).at(-1));
});

it('names no more than connections can keep, however many come', () => {
  const names = new ComposedNames();
  const texts = Array.from({ length: 3_000 }, (_, number) => `select ${number}`);
  const last = texts.map((text) => times(names, text, 3).at(-1)!);
  expect(last.slice(0, 50).every((name) => name !== '')).toBe(true);
  expect(last.slice(50).every((name) => name === '')).toBe(true);
});
