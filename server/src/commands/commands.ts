import { backup } from './backup.ts';
import type { Command } from './command.ts';
import { createCompanyCommand } from './company-create.ts';
import { demo } from './demo.ts';
import { distributeCommand } from './distribute.ts';
import { doctor } from './doctor.ts';
import { openapiCommand } from './openapi.ts';
import { restoreCommand } from './restore.ts';
import { serve } from './serve.ts';
import { createTokenCommand } from './token-create.ts';
import { resetPasswordCommand } from './user-reset-password.ts';

/** The command line: `npm run headwater -- <name>`. */
export const COMMANDS: Record<string, Command> = {
  serve,
  'company create': createCompanyCommand,
  'user reset-password': resetPasswordCommand,
  'token create': createTokenCommand,
  demo,
  doctor,
  backup,
  restore: restoreCommand,
  distribute: distributeCommand,
  openapi: openapiCommand,
};
