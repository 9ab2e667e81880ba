import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './server.ts';

test.each(['acceptance', 'demo'])('what is under %s/ imports nothing of the server', (folder) => {
  const imports = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]s$/.test(name))
    .flatMap((name) =>
      specifiers(readFileSync(path.join(ROOT, folder, name), 'utf8')).map((specifier) => ({
        name,
        specifier,
      })),
    );
  expect(imports.length).toBeGreaterThan(0);
  const outside = imports.filter(
    ({ name, specifier }) =>
      specifier.startsWith('.') &&
      !path.join(folder, path.dirname(name), specifier).startsWith(`${folder}${path.sep}`),
  );
  expect(outside).toEqual([]);
  expect(imports.filter(({ specifier }) => /server\/|^(\/|file:)/.test(specifier))).toEqual([]);
});

/** What a module imports: statically, dynamically, or to export it again. */
function specifiers(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*(['"`])(.*?)\1/g)].map(
    ([, , specifier]) => specifier!,
  );
}
