import type { Command } from './command.ts';
import { diagnose } from './doctor/diagnose.ts';
import { readOptions } from './options.ts';

/** Changes nothing; runs beside a server as well as without one. */
export const doctor: Command = {
  summary: 'checks this installation and says what to do',
  async run(call) {
    readOptions(call.words, { required: [] });
    const findings = await diagnose(() => call.config);
    const lines = findings.map(({ level, check, message }) => `${level.padEnd(5)} ${check}: ${message}\n`);
    process.stdout.write(call.json ? `${JSON.stringify(findings)}\n` : lines.join(''));
    return findings.some(({ level }) => level === 'fail') ? 1 : 0;
  },
};
