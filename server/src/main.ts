import { COMMANDS } from './commands/commands.ts';
import { ConfigError, readConfig } from './config.ts';
import { DataFolderHeld } from './platform/embedded-postgres/data-folder-lock.ts';
import { Problem } from './platform/problem.ts';

const words = process.argv.slice(2);
const json = words.includes('--json');
try {
  const name = Object.keys(COMMANDS).find(
    (known) => words.slice(0, known.split(' ').length).join(' ') === known,
  );
  if (!name) {
    const list = Object.entries(COMMANDS).map(([known, { summary }]) => `  ${known.padEnd(22)} ${summary}`);
    throw new Problem(400, `Say what to do:\n${list.join('\n')}`);
  }
  const rest = words.slice(name.split(' ').length).filter((word) => word !== '--json');
  const call = {
    get config() {
      return readConfig(process.env);
    },
    words: rest,
    json,
  };
  process.exit(await COMMANDS[name]!.run(call));
} catch (error) {
  // A plain Error is a sentence of ours, and so are these three; anything else is a fault, and its stack is wanted.
  const ours =
    error instanceof Error &&
    [Error, ConfigError, DataFolderHeld, Problem].includes(error.constructor as never);
  const message = ours ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(json ? `${JSON.stringify({ error: message })}\n` : `${message}\n`);
  process.exit(1);
}
