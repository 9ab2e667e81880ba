import { createCompany } from '../identity/create-company.ts';
import { openInstallation } from '../installation.ts';
import { newCompany } from '../new-company.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { Command } from './command.ts';
import { readOptions } from './options.ts';

export const createCompanyCommand: Command = {
  summary: 'makes a company with its super admin: --identifier --email [--password]',
  async run({ config, words, json }) {
    const { identifier, email, password } = readOptions(words, {
      required: ['identifier', 'email'],
      optional: ['password'],
    });
    const installation = await openInstallation(config, createLogger('warn', process.stderr), {
      beside: true,
    });
    try {
      const made = await installation.database.transaction((tx) =>
        createCompany(tx, { identifier, email, password }, newCompany),
      );
      const shown = made.generatedPassword ? `, password ${made.generatedPassword} (shown once)` : '';
      process.stdout.write(
        json
          ? `${JSON.stringify({ ...made, identifier, email })}\n`
          : `Company ${identifier} (id ${made.companyId}) is there; its super admin is ${email}${shown}.\n`,
      );
      return 0;
    } finally {
      await installation.close();
    }
  },
};
