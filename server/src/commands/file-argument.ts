import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/problem.ts';

/** The one file that a command is given, as an absolute path, and which of its flags; a 400 for anything else. */
export function readFileArgument<F extends string = never>(
  words: string[],
  { flags = [] }: { flags?: readonly F[] } = {},
): { file: string } & Partial<Record<F, boolean>> {
  const usage = ['it takes a file', ...flags.map((name) => `[--${name}]`), '[--json]'].join(' ');
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new Error(file ? 'it takes one file only' : 'the file is missing');
    return { ...(values as Partial<Record<F, boolean>>), file: path.resolve(file) };
  } catch (error) {
    throw new Problem(400, `${(error as Error).message}; ${usage}`);
  }
}
