import type { Config } from '../config.ts';
import { createCompanyCommand } from './company-create.ts';
import { openapiCommand } from './openapi.ts';
import { serve } from './serve.ts';

export interface Command {
  summary: string;
  /** Answers the exit code. `words` is what follows the command's name; `json` asks for one JSON value on standard output. */
  run(call: { config: Config; words: string[]; json: boolean }): Promise<number>;
}

/** The command line: `npm run headwater -- <name>`. */
export const COMMANDS: Record<string, Command> = {
  serve,
  'company create': createCompanyCommand,
  openapi: openapiCommand,
};
