import type { Config } from '../config.ts';
import { createCompanyCommand } from './company-create.ts';
import { doctor } from './doctor.ts';
import { openapiCommand } from './openapi.ts';
import { serve } from './serve.ts';
import { resetPasswordCommand } from './user-reset-password.ts';

export interface Command {
  summary: string;
  /**
   * Answers the exit code. Reading `config` throws a ConfigError where the settings need attention. `words` is what
   * follows the command's name; `json` asks for one JSON value on standard output.
   */
  run(call: { readonly config: Config; words: string[]; json: boolean }): Promise<number>;
}

/** The command line: `npm run headwater -- <name>`. */
export const COMMANDS: Record<string, Command> = {
  serve,
  'company create': createCompanyCommand,
  'user reset-password': resetPasswordCommand,
  doctor,
  openapi: openapiCommand,
};
