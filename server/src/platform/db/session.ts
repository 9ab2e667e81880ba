import type pg from 'pg';

export type ConnectionSettings =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string };

/**
 * What stands between this server and PostgreSQL. 'transaction': a pooler that lends a connection for one transaction
 * at a time, so that nothing may be left on it: no settings, no prepared statements, no locks of the session.
 */
export type Pooler = 'none' | 'transaction';
export const POOLERS: readonly string[] = ['none', 'transaction'] satisfies Pooler[];

/** What every session is under, as it is set and as pg_settings shows it. */
const SETTINGS = [
  { name: 'timezone', value: 'UTC', shown: 'UTC' },
  { name: 'statement_timeout', value: '10s', shown: '10000' },
  { name: 'idle_in_transaction_session_timeout', value: '20s', shown: '20000' },
];
const UTC = /^(etc\/)?utc$/i;

/** A connection that begins with our settings, and with others of `given`; those that the URL asks for stay. */
export function beginningWith(settings: ConnectionSettings, given: string[] = []): pg.ClientConfig {
  const ours = [...SETTINGS.map(({ name, value }) => `${name}=${value}`), ...given].map((one) => `-c ${one}`);
  if (!('connectionString' in settings)) return { ...settings, options: ours.join(' ') };
  const url = URL.parse(settings.connectionString);
  const theirs = url?.searchParams.get('options');
  if (!url || !theirs) return { ...settings, options: ours.join(' ') };
  url.searchParams.delete('options');
  return { connectionString: url.href, options: [theirs, ...ours].join(' ') };
}

/**
 * Throws with a sentence that says what to do where statements would run without a time limit, or in another time zone
 * than UTC. Our connections bring these settings along; a pooler's have those of their role.
 */
export async function requireSession(client: pg.Client, pooler: Pooler): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string; role: string }>(
    'select lower(name) as name, setting, quote_ident(current_user) as role from pg_settings where lower(name) = any ($1)',
    [SETTINGS.map(({ name }) => name)],
  );
  const settingOf = (name: string) => rows.find((row) => row.name === name)!.setting;
  if (pooler === 'none') {
    if (SETTINGS.every(({ name, shown }) => settingOf(name) === shown)) return;
    throw new Error(`${BETWEEN} It drops what our connections begin with. ${CURE}`);
  }
  const wrong = SETTINGS.filter(({ name }) =>
    name === 'timezone' ? !UTC.test(settingOf(name)) : settingOf(name) === '0',
  );
  if (wrong.length === 0) return;
  const found = wrong.map(({ name }) => `${name} = ${settingOf(name)}`).join(', ');
  const cures = wrong.map(({ name, value }) => `alter role ${rows[0]!.role} set ${name} = '${value}';`);
  throw new Error(
    `Behind the pooler of DATABASE_URL statements run under ${found}; a pooler's connections have the settings of ` +
      `their role. Run: ${cures.join(' ')} Then let the pooler connect anew (RECONNECT in its console, or a restart).`,
  );
}

const BETWEEN = 'DATABASE_URL leads through a connection pooler.';
const CURE =
  'Set HEADWATER_DATABASE_POOLER=transaction (docs/operations.md, "Pooling"), or connect to PostgreSQL itself.';

/** The sentence for what goes wrong only where a pooler stands between and no setting says so. */
export function poolerSentence(error: unknown): string | undefined {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  if (code === '08P01' && /startup parameter/.test(message ?? '')) {
    return `${BETWEEN} It refuses what our connections begin with (${message}). ${CURE}`;
  }
  // A prepared statement that is not there, or is there already: it was another connection that prepared it.
  if (code === '26000' || code === '42P05') return `${BETWEEN} ${CURE}`;
  return undefined;
}
