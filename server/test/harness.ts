import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { inject, onTestFinished } from 'vitest';
import { createApp } from '../src/app.ts';
import { startBackground } from '../src/background.ts';
import { createCompany } from '../src/identity/create-company.ts';
import type { Role } from '../src/identity/permissions.ts';
import { newCompany } from '../src/new-company.ts';
import { type Database, openDatabase } from '../src/platform/db/database.ts';
import { type Files, openFiles } from '../src/platform/files/files.ts';
import { LimitShares } from '../src/platform/http/limit-shares.ts';
import type { LoadLimits } from '../src/platform/http/load-limits.ts';
import type { Timing } from '../src/platform/jobs/worker.ts';
import { TEMPLATE } from './global-setup.ts';

const PUBLIC_URL = 'http://headwater.test';
/** Tests share a busy machine: nothing is refused because it takes long. */
/** Tests ask for much at once, all from one address. */
const ROOMY = { all: Number.POSITIVE_INFINITY, ofOne: Number.POSITIVE_INFINITY };
const UNHURRIED = { wait: Number.POSITIVE_INFINITY, unread: { companies: ROOMY, strangers: ROOMY } };
const PATIENT = 10_000;
export const PASSWORD = 'correct horse battery staple';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any JSON
  body: any;
}

export interface TestCompany {
  id: number;
  identifier: string;
  /** The super admin that the company begins with. */
  admin: Caller;
  /** A signed-in user with these roles. */
  user(...roles: Role[]): Promise<Caller>;
}

/** Someone with a token. */
export interface Caller {
  id: string;
  email: string;
  token: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body?: unknown): Promise<Answer>;
  delete(path: string, body?: unknown): Promise<Answer>;
}

export interface TestServer {
  url: string;
  database: Database;
  /** The same for all siblings. */
  files: Files;
  /** Any request; `body` is sent as JSON unless it is a string. */
  call(
    method: string,
    path: string,
    options?: { token?: string | undefined; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  company(): Promise<TestCompany>;
  signIn(email: string, password?: string): Promise<Answer>;
  /** SQL past the product, to look at rows or to prepare what no request can. */
  sql<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Divides the rate limits among the siblings now; they never do it by themselves. */
  exchange(): Promise<void>;
  /** A second server process's view: another app on the same database, with caches of its own. */
  sibling(): Promise<TestServer>;
  close(): Promise<void>;
}

export interface TestOptions {
  strict?: boolean;
  rateCompany?: number;
  rateAuth?: number;
  rateRegistration?: number;
  /** Other bounds than those of production on what the server takes on. */
  load?: Partial<LoadLimits>;
  /** Milliseconds that a list or a transaction waits for the others. */
  patience?: number;
  /** Answers are held against the routes' schemas unless this is false. */
  checked?: boolean;
  /** The work behind the requests runs too; `{}` for the timing of production. */
  background?: Partial<Timing>;
  /** Where the background sends mails; without it they wait. */
  smtpUrl?: string;
}

/** The production app on a database of its own, listening on a free port. Close it in afterAll. */
export async function startServer(options: TestOptions = {}): Promise<TestServer> {
  const { host, port } = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const operator = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await operator.connect();
  await operator.query(`create database ${name} template ${TEMPLATE} owner headwater`);
  await operator.end();
  const server = await serveOn({ host, port, user: 'headwater', database: name }, options);
  return {
    ...server,
    async close() {
      await server.close();
      await rm(dataDirOf(name), { recursive: true, force: true });
    },
  };
}

async function serveOn(
  connection: { host: string; port: number; user: string; database: string },
  options: TestOptions,
): Promise<TestServer> {
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const database = openDatabase(connection, log, {}, options.patience ?? PATIENT);
  const files = openFiles({ dataDir: dataDirOf(connection.database), filesUrl: undefined });
  const config = { publicUrl: PUBLIC_URL, smtpUrl: options.smtpUrl };
  const background =
    options.background && startBackground({ config, database, files, log, timing: options.background });
  const shares = new LimitShares(database.read, log, { every: undefined, freshFor: 3600 });
  const app = await createApp({
    config: {
      publicUrl: PUBLIC_URL,
      rateCompany: options.rateCompany ?? 0,
      rateAuth: options.rateAuth ?? 0,
      rateRegistration: options.rateRegistration ?? 0,
      strict: options.strict ?? false,
    },
    secret: 'a secret that only the tests know, and long enough',
    database,
    files,
    log,
    version: '0.0.0',
    shares,
    checked: options.checked ?? true,
    load: { ...UNHURRIED, ...options.load },
    workEnqueued: () => background?.wake(),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const inspector = new pg.Pool({ ...connection, max: 2 });
  const siblings: TestServer[] = [];

  const call: TestServer['call'] = async (method, path, { token, body, headers = {} } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: json && text ? JSON.parse(text) : text,
    };
  };
  const caller = (id: string, email: string, token: string): Caller => ({
    id,
    email,
    token,
    get: (path, headers = {}) => call('GET', path, { token, headers }),
    post: (path, body, headers = {}) => call('POST', path, { token, body, headers }),
    put: (path, body) => call('PUT', path, { token, body }),
    patch: (path, body) => call('PATCH', path, { token, body }),
    delete: (path, body) => call('DELETE', path, { token, body }),
  });
  const signIn: TestServer['signIn'] = (email, password = PASSWORD) =>
    call('GET', '/v1/auth', {
      headers: { authorization: `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}` },
    });
  const signedIn = async (email: string) => {
    const { status, body } = await signIn(email);
    if (status !== 200) throw new Error(`signing in answered ${status}: ${JSON.stringify(body)}`);
    return caller(body.id, email, body.token);
  };

  return {
    url,
    database,
    files,
    call,
    signIn,
    async company() {
      const identifier = `c${randomUUID().slice(0, 8)}`;
      const email = `admin@${identifier}.example`;
      const { companyId } = await database.transaction((tx) =>
        createCompany(tx, { identifier, email, password: PASSWORD }, newCompany),
      );
      const admin = await signedIn(email);
      let users = 0;
      return {
        id: companyId,
        identifier,
        admin,
        async user(...roles) {
          const address = `user${++users}@${identifier}.example`;
          const made = await admin.post('/v1/user', { email: address, password: PASSWORD });
          if (roles.length > 0) await admin.put(`/v1/acl/user/${made.body.id}`, roles);
          return signedIn(address);
        },
      };
    },
    async sql(text, values) {
      return (await inspector.query(text, values)).rows;
    },
    exchange: () => shares.exchange(),
    async sibling() {
      const other = await serveOn(connection, options);
      siblings.push(other);
      return other;
    },
    async close() {
      for (const sibling of siblings) await sibling.close();
      await app.close();
      await background?.stop();
      await inspector.end();
      await database.close();
    },
  };
}

function dataDirOf(database: string): string {
  return path.join(tmpdir(), `headwater-${database}`);
}

/** A server for one test alone, with settings of its own. */
export async function serverForThisTest(options: TestOptions): Promise<TestServer> {
  const server = await startServer(options);
  onTestFinished(() => server.close());
  return server;
}
