import { parseArgs } from 'node:util';
import { Problem } from '../platform/problem.ts';

/** The `--name value` options of a command; a 400 for one that is unknown, or required and missing. */
export function readOptions<R extends string, O extends string = never>(
  words: string[],
  { required, optional = [] }: { required: readonly R[]; optional?: readonly O[] },
): Record<R, string> & Partial<Record<O, string>> {
  const names = [...required, ...optional];
  const usage = `it takes ${names.map((name) => `--${name} <value>`).join(' ')} --json`;
  try {
    const { values } = parseArgs({
      args: words,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    });
    for (const name of required) if (!values[name]) throw new Error(`--${name} is missing`);
    return values as Record<R, string> & Partial<Record<O, string>>;
  } catch (error) {
    throw new Problem(400, `${(error as Error).message}; ${usage}`);
  }
}

/** The value of an option that takes a whole number from 1; throws a 400 for anything else. */
export function wholeNumber(name: string, value: string, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) throw new Problem(400, `--${name} takes a whole number from 1 to ${most}`);
  return number;
}
