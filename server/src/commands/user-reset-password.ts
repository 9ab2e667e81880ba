import { resetPassword } from '../identity/reset-password.ts';
import { openInstallation } from '../installation.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';

export const resetPasswordCommand: Command = {
  summary: 'gives an account a new password and ends its tokens: --email [--password]',
  async run({ config, words, json }) {
    const { email, password } = readOptions(words, { required: ['email'], optional: ['password'] });
    const installation = await openInstallation(config, createLogger('warn', process.stderr), {
      beside: true,
    });
    try {
      const reset = await installation.database.transaction((tx) => resetPassword(tx, { email, password }));
      const shown = reset.generatedPassword ? ` is now ${reset.generatedPassword} (shown once)` : ' was set';
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...reset, email })}\n`
          : `The password of ${email}${shown}; whoever was signed in with the old one no longer is.\n`,
      );
      return 0;
    } finally {
      await installation.close();
    }
  },
};
