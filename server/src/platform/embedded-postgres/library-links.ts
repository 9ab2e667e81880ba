import { readFile, readlink, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes the links between the libraries that the package lists in `pg-symlinks.json` and that its install
 * script would make: npm runs no install scripts unless told to. Throws the system's error if it may not.
 */
export async function linkLibraries(packageDir: string): Promise<void> {
  const list = JSON.parse(await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of list) {
    const at = join(packageDir, target);
    if (dirname(source) !== dirname(target))
      throw new Error(`The library link ${at} leads to another folder.`);
    const present = await readlink(at).catch(() => undefined);
    if (present !== basename(source)) await symlink(basename(source), at);
  }
}
