import type { Made } from '../../../demo/filling.ts';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { firstStart } from '../first-start.ts';
import { firstCompany } from '../identity/company-store.ts';
import { issueToken } from '../identity/issue-token.ts';
import { tokens } from '../identity/tokens.ts';
import { findUser, lockSuperAdmins } from '../identity/user-store.ts';
import { type Installation, openInstallation } from '../installation.ts';
import type { Sql } from '../platform/db/statement.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { VERSION } from '../version.ts';
import type { Command } from './command.ts';
import { readOptions, wholeNumber } from './options.ts';

const MOST_CONTACTS = 99_999;
const TOKEN_LIFETIME = 6 * 60 * 60;
const PATIENCE = 5_000;
const INTERRUPTED = 130;

/** Fills a company through the server that runs on this installation, or through one of its own where none does. */
export const demo: Command = {
  summary:
    'fills a company with believable contacts, pools and vacancies: [--contacts 2000] [--email <its super admin>]',
  async run({ config, words, json }) {
    const options = readOptions(words, { required: [], optional: ['contacts', 'email'] });
    const contacts = wholeNumber('contacts', options.contacts ?? '2000', MOST_CONTACTS);
    const { fill } = await filler();
    const interrupted = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => interrupted.abort());
    const installation = await openInstallation(config, createLogger('warn', process.stderr), {
      beside: true,
    });
    try {
      const first = await firstStart(installation.database, config);
      if (first.generatedPassword) {
        say(
          `A company was made; its super admin is ${first.email}, password ${first.generatedPassword} (shown once).`,
        );
      }
      const admin = await installation.database.transaction(async (tx) => {
        const email = options.email ?? (await superAdmin(tx));
        return {
          email,
          ...(await issueToken(tx, tokens(installation.secret), { email, lifetime: TOKEN_LIFETIME })),
        };
      });
      const server =
        (await runningServer(config.publicUrl, admin)) ?? (await ownServer(config, installation));
      const began = performance.now();
      const made = await fill({
        url: server.url,
        token: admin.token,
        userId: admin.userId,
        contacts,
        out: process.stderr,
        signal: interrupted.signal,
      }).finally(() => server.close());
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      process.stdout.write(`${json ? JSON.stringify({ ...made, seconds }) : summary(made, seconds)}\n`);
      return interrupted.signal.aborted ? INTERRUPTED : 0;
    } finally {
      await installation.close();
    }
  },
};

/** What was made, in a sentence. */
function summary(made: Made, seconds: number): string {
  const { contacts, notes, pools, vacancies, placements, moves, events, attendees } = made;
  return (
    `Created ${contacts.created} contacts, ${pools} pools, ${vacancies} vacancies, ${placements} placements with ` +
    `${moves} moves, ${notes} notes, ${events} events with ${attendees} attendees; updated ${contacts.updated} contacts; ` +
    `in ${seconds} s.`
  );
}

/** The people come from a package that only developers need: loaded here, not with every command. */
async function filler() {
  try {
    return await import('../../../demo/fill.ts');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error('The demo needs the development dependencies: run "npm ci" without --omit=dev.', {
      cause: error,
    });
  }
}

/** The email of the first company's super admin. */
async function superAdmin(tx: Sql): Promise<string> {
  const company = (await firstCompany(tx))!;
  const [userId] = await lockSuperAdmins(tx, company.id);
  return (await findUser(tx, company.id, userId!))!.email;
}

interface Reached {
  url: string;
  close(): Promise<void>;
}

/** The server at `url`, if it is one of this installation: it knows the token that was just made. */
async function runningServer(
  url: string,
  admin: { userId: string; token: string },
): Promise<Reached | undefined> {
  const get = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(url + path, { headers, signal: AbortSignal.timeout(PATIENCE) });
    return (await response.json()) as Record<string, unknown>;
  };
  try {
    if ((await get('/healthz', {})).status !== 'alive') return undefined;
    const me = await get(`/v1/user/${admin.userId}`, { authorization: `Bearer ${admin.token}` });
    if (me.id !== admin.userId) return undefined;
  } catch {
    return undefined;
  }
  say(`Filling through the server at ${url}, within its rate limit.`);
  return { url, close: async () => {} };
}

async function ownServer(config: Config, installation: Installation): Promise<Reached> {
  const app = await createApp({
    config: { ...config, rateCompany: 0, rateAuth: 0, rateRegistration: 0 },
    ...installation,
    log: createLogger('warn', process.stderr),
    version: VERSION,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  say(
    `No server of this installation answers at ${config.publicUrl}: one runs for the time, without rate limits.`,
  );
  return { url, close: () => app.close() };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
