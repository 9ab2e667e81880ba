import { readFile, readlink, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * Makes the links between the libraries that the package lists in `pg-symlinks.json` and that its install
 * script would make: npm runs no install scripts unless told to. Throws the system's error if it may not.
 */
export async function linkLibraries(packageDir: string): Promise<void> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(packageDir, target);
    const to = relative(dirname(at), join(packageDir, source));
    const present = await readlink(at).catch(() => undefined);
    if (present !== to) await symlink(to, at);
  }
}
