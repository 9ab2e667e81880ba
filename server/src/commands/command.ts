import type { Config } from '../config.ts';

/** One word of the command line. */
export interface Command {
  summary: string;
  /**
   * Answers the exit code. Reading `config` throws a ConfigError where the settings need attention. `words` is what
   * follows the command's name; `json` asks for one JSON value on standard output.
   */
  run(call: { readonly config: Config; words: string[]; json: boolean }): Promise<number>;
}
