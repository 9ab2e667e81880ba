import path from 'node:path';
import { expect, it } from 'vitest';
import { readFileArgument } from './file-argument.ts';
import { spellSize } from './spelling.ts';

it('takes one file and the flags it knows', () => {
  expect(readFileArgument(['a.tar.gz'])).toEqual({ file: path.resolve('a.tar.gz') });
  expect(readFileArgument(['--check', '/b'], { flags: ['check'] })).toEqual({ file: '/b', check: true });
});

it('says what it takes', () => {
  expect(() => readFileArgument([])).toThrow('the file is missing; it takes a file [--json]');
  expect(() => readFileArgument(['a', 'b'])).toThrow('it takes one file only');
  expect(() => readFileArgument(['a', '--check'])).toThrow("Unknown option '--check'");
  expect(() => readFileArgument(['a', '--chek'], { flags: ['check'] })).toThrow(
    'it takes a file [--check] [--json]',
  );
});

it('spells sizes', () => {
  const sizes = [0, 999, 1_000, 11_099_007, 1_250_000_000, 3e15];
  expect(sizes.map(spellSize)).toEqual(['0 bytes', '999 bytes', '1 kB', '11.1 MB', '1.3 GB', '3000 TB']);
});
