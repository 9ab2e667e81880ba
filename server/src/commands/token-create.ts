import { issueToken } from '../identity/issue-token.ts';
import { tokens } from '../identity/tokens.ts';
import { openInstallation } from '../installation.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { Command } from './command.ts';
import { readOptions, wholeNumber } from './options.ts';

const LONGEST = 24 * 60;

export const createTokenCommand: Command = {
  summary: 'prints a token that acts as a user: --email [--minutes 60]',
  async run({ config, words, json }) {
    const options = readOptions(words, { required: ['email'], optional: ['minutes'] });
    const minutes = wholeNumber('minutes', options.minutes ?? '60', LONGEST);
    const installation = await openInstallation(config, createLogger('warn', process.stderr), {
      beside: true,
    });
    try {
      const { userId, token } = await installation.database.transaction((tx) =>
        issueToken(tx, tokens(installation.secret), { email: options.email, lifetime: minutes * 60 }),
      );
      process.stdout.write(json ? `${JSON.stringify({ userId, token, minutes })}\n` : `${token}\n`);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
