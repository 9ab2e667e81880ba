import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs the locked dependencies unless they are there already. `dev`: the test tools must be there too. */
export function ensureInstalled({ dev = false } = {}) {
  const missing = missingPackages(dev);
  if (missing === 0) return;
  process.stderr.write('Installing dependencies (once; about a minute)…\n');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    process.stderr.write('npm ci failed; its message above says why. Run it by hand, then try again.\n');
    process.exit(1);
  }
}

function missingPackages(dev) {
  const wanted = read('package-lock.json');
  const present = read('node_modules/.package-lock.json');
  if (!wanted || !present) return 1;
  return Object.entries(wanted.packages).filter(([name, entry]) => {
    if (name === '' || entry.optional || entry.devOptional || entry.peer || (entry.dev && !dev)) return false;
    return present.packages[name]?.version !== entry.version;
  }).length;
}

function read(file) {
  const at = path.join(root, file);
  return existsSync(at) ? JSON.parse(readFileSync(at, 'utf8')) : undefined;
}
