// `npm run bench`: installs what is missing, then runs the measurements of bench/ on the project's own Node.js.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';
import { projectNode } from './project-node.mjs';

ensureInstalled({ dev: true });
const main = fileURLToPath(new URL('../bench/main.ts', import.meta.url));
// Ctrl+C reaches both processes; the other one clears up and then says how it ended.
process.on('SIGINT', () => {});
const { status } = spawnSync(
  projectNode(createRequire(import.meta.url)),
  ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
