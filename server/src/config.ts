import path from 'node:path';
import { POOLERS, type Pooler } from './platform/db/session.ts';
import { readFilesUrl } from './platform/files/files-url.ts';

/** Everything the environment decides, read once and injected. docs/settings.md describes each. */
export interface Config {
  host: string;
  port: number;
  /** Processes that serve; 1 = this one alone. */
  workers: number;
  dataDir: string;
  /** undefined = the embedded PostgreSQL under `dataDir`. */
  databaseUrl: string | undefined;
  databasePooler: Pooler;
  /** undefined = a folder under `dataDir`. */
  filesUrl: string | undefined;
  /** Without a trailing slash. */
  publicUrl: string;
  company: string;
  adminEmail: string;
  /** undefined = one is generated when the first company is created. */
  adminPassword: string | undefined;
  /** undefined = one is generated and kept under `dataDir`. */
  secret: string | undefined;
  /** Requests a second; 0 = off. */
  rateCompany: number;
  rateAuth: number;
  /** Registrations a minute of one address for one event; 0 = off. */
  rateRegistration: number;
  strict: boolean;
  smtpUrl: string | undefined;
  logLevel: string;
}

/** The settings' names, their defaults as documented, and what each accepts. */
export const SETTINGS = {
  HEADWATER_PORT: { default: '4010', accepts: 'a port from 0 to 65535 (0 = any free one)' },
  HEADWATER_HOST: { default: '127.0.0.1', accepts: 'an address or host name to listen on' },
  HEADWATER_WORKERS: { default: '1', accepts: 'a whole number of processes from 1 to 64' },
  HEADWATER_DATA_DIR: { default: './data', accepts: 'a folder this server may write to' },
  DATABASE_URL: { default: '', accepts: 'postgres://user:password@host:port/database' },
  HEADWATER_DATABASE_POOLER: { default: 'none', accepts: 'none or transaction' },
  HEADWATER_FILES_URL: {
    default: '',
    accepts:
      's3://accesskey:secret@host[:port]/bucket, percent-encoded, with ?region=… and ?tls=off as needed',
  },
  HEADWATER_PUBLIC_URL: {
    default: '',
    accepts: 'an absolute http(s) URL without query, such as https://crm.example.org',
  },
  HEADWATER_COMPANY: { default: 'demo', accepts: '2 to 63 lower-case letters, digits and inner hyphens' },
  HEADWATER_ADMIN_EMAIL: { default: '', accepts: 'an email address' },
  HEADWATER_ADMIN_PASSWORD: { default: '', accepts: '12 to 128 characters' },
  HEADWATER_SECRET: { default: '', accepts: 'at least 32 characters' },
  HEADWATER_RATE_COMPANY: { default: '40', accepts: 'a whole number of requests a second, 0 = off' },
  HEADWATER_RATE_AUTH: { default: '30', accepts: 'a whole number of requests a second, 0 = off' },
  HEADWATER_RATE_REGISTRATION: {
    default: '30',
    accepts: 'a whole number of registrations a minute, 0 = off',
  },
  HEADWATER_STRICT: { default: 'false', accepts: 'true or false' },
  SMTP_URL: { default: '', accepts: 'smtp://user:password@host:port or smtps://…' },
  HEADWATER_LOG_LEVEL: { default: 'info', accepts: 'fatal, error, warn, info, debug, trace or silent' },
} as const;

export type SettingName = keyof typeof SETTINGS;

/** All mistakes of the environment at once; `problems` holds one sentence each. */
export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`The settings need attention:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

export const COMPANY_IDENTIFIER = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads and checks the environment. Throws ConfigError naming every mistake and the nearest misspelt name. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = [];
  const text = (name: SettingName) => env[name] || SETTINGS[name].default;
  const check = (name: SettingName, ok: (value: string) => boolean): string | undefined => {
    const value = text(name);
    if (value !== '' && !ok(value)) {
      problems.push(`${name} is ${quoted(name, value)}; it takes ${SETTINGS[name].accepts}.`);
    }
    return value === '' ? undefined : value;
  };
  const number = (name: SettingName, most: number, least = 0) =>
    Number(
      check(name, (value) => /^\d{1,7}$/.test(value) && Number(value) <= most && Number(value) >= least),
    );
  const url =
    (...protocols: string[]) =>
    (value: string) =>
      protocols.includes(URL.parse(value)?.protocol ?? '');

  const host = text('HEADWATER_HOST');
  const port = number('HEADWATER_PORT', 65_535);
  const company = check('HEADWATER_COMPANY', (value) => COMPANY_IDENTIFIER.test(value)) ?? '';
  const publicUrl = check(
    'HEADWATER_PUBLIC_URL',
    (value) => url('http:', 'https:')(value) && !/[?#]/.test(value),
  );
  const config: Config = {
    host,
    port,
    workers: number('HEADWATER_WORKERS', 64, 1),
    dataDir: path.resolve(text('HEADWATER_DATA_DIR')),
    databaseUrl: check('DATABASE_URL', url('postgres:', 'postgresql:')),
    databasePooler: check('HEADWATER_DATABASE_POOLER', (value) => POOLERS.includes(value)) as Pooler,
    filesUrl: check('HEADWATER_FILES_URL', (value) => readFilesUrl(value) !== undefined),
    publicUrl: (publicUrl ?? `http://${reachableHost(host)}:${port}`).replace(/\/+$/, ''),
    company,
    adminEmail:
      check('HEADWATER_ADMIN_EMAIL', (value) => EMAIL.test(value)) ?? `admin@${company || 'demo'}.example`,
    adminPassword: check('HEADWATER_ADMIN_PASSWORD', (value) => value.length >= 12 && value.length <= 128),
    secret: check('HEADWATER_SECRET', (value) => value.length >= 32),
    rateCompany: number('HEADWATER_RATE_COMPANY', 1_000_000),
    rateAuth: number('HEADWATER_RATE_AUTH', 1_000_000),
    rateRegistration: number('HEADWATER_RATE_REGISTRATION', 1_000_000),
    strict: check('HEADWATER_STRICT', (value) => value === 'true' || value === 'false') === 'true',
    smtpUrl: check('SMTP_URL', url('smtp:', 'smtps:')),
    logLevel: check('HEADWATER_LOG_LEVEL', (value) => LOG_LEVELS.includes(value)) ?? 'info',
  };
  if (config.databasePooler === 'transaction' && !env.DATABASE_URL) {
    problems.push(
      'HEADWATER_DATABASE_POOLER is "transaction", but there is no DATABASE_URL that leads to one.',
    );
  }
  for (const name of Object.keys(env)) {
    if (name.startsWith('HEADWATER_') && !(name in SETTINGS)) {
      problems.push(`${name} is not a setting; the settings are ${Object.keys(SETTINGS).join(', ')}.`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The host to put into a URL for an address to listen on. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function quoted(name: SettingName, value: string): string {
  const secret = /PASSWORD|SECRET|URL/.test(name);
  return secret ? `set, but not usable (${value.length} characters)` : JSON.stringify(value);
}
