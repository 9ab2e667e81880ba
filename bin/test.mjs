// `npm test`: installs what is missing, then lint, types and tests; extra arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';
import { projectNode } from './project-node.mjs';

ensureInstalled({ dev: true });
const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const node = projectNode(require);
const extra = process.argv.slice(2);

if (extra.length === 0) {
  run('lint', process.execPath, [
    require.resolve('@biomejs/biome/bin/biome'),
    'check',
    '--error-on-warnings',
    '.',
  ]);
  run('types', process.execPath, [
    fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)),
    '--noEmit',
  ]);
}
run('tests', node, [
  '--disable-warning=ExperimentalWarning',
  fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url)),
  'run',
  ...extra,
]);

function run(name, command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  if (name !== 'tests') process.stderr.write(`npm test: ${name} failed\n`);
  process.exit(status ?? 1);
}
