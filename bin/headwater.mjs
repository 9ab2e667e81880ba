// Runs on the Node.js a machine has (20 or later): installs what is missing, then hands over to the Node.js
// that comes with the project.
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';
import { projectNode } from './project-node.mjs';

ensureInstalled();
// What Node.js makes of the sources is kept between starts.
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/headwater', import.meta.url));
const main = fileURLToPath(new URL('../server/src/main.ts', import.meta.url));
// Megabytes of young objects before they are looked through: with more the server grows by half, and is no faster.
const YOUNG = '--max-semi-space-size=8';
run(projectNode(createRequire(import.meta.url)), ['--disable-warning=ExperimentalWarning', YOUNG, main]);

/** Passes signals on; the fourth descriptor tells the server when this process is gone, however it ended. */
function run(node, args) {
  const probe = spawnSync(node, ['--version']);
  if (probe.status !== 0) {
    process.stderr.write(
      `The project's Node.js at ${node} does not start on this machine: ${probe.error ?? probe.stderr}\n`,
    );
    process.exit(1);
  }
  const child = spawn(node, [...args, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    // glibc keeps what was freed for each of up to eight times as many arenas as there are processors.
    env: { NODE_COMPILE_CACHE: COMPILED, MALLOC_ARENA_MAX: '2', ...process.env, LAUNCHER_FD: '3' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
}
