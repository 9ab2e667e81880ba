import path from 'node:path';
import { expect, it } from 'vitest';
import { type ConfigError, readConfig } from './config.ts';

it('has a default for everything', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 4010,
    workers: 1,
    dataDir: path.resolve('data'),
    databaseUrl: undefined,
    databasePooler: 'none',
    filesUrl: undefined,
    publicUrl: 'http://127.0.0.1:4010',
    company: 'demo',
    adminEmail: 'admin@demo.example',
    adminPassword: undefined,
    secret: undefined,
    rateCompany: 40,
    rateAuth: 30,
    rateRegistration: 30,
    strict: false,
    smtpUrl: undefined,
    logLevel: 'info',
  });
});

it('names every mistake at once, and no secret', () => {
  const env = {
    HEADWATER_PORT: '70000',
    HEADWATER_WORKERS: '0',
    HEADWATER_STRICT: 'yes',
    DATABASE_URL: 'mysql://root:hunter2@localhost/x',
    HEADWATER_DATABASE_POOLER: 'session',
    HEADWATER_FILES_URL: 's3://AKIAKEY:hunter2@s3.example.org',
    HEADWATER_ADMIN_PASSWORD: 'short',
    HEADWATER_COMPANY: 'Big Corp',
    HEADWATER_RATE_COMPNAY: '3',
  };
  let problems: string[] = [];
  try {
    readConfig(env);
  } catch (error) {
    problems = (error as ConfigError).problems;
  }
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(Object.keys(env).sort());
  expect(problems.join()).not.toMatch(/hunter2|AKIAKEY|short,/);
});

it('knows no pooler before the embedded database', () => {
  const pooled = { HEADWATER_DATABASE_POOLER: 'transaction' };
  expect(() => readConfig(pooled)).toThrow('HEADWATER_DATABASE_POOLER is "transaction", but');
  const url = { DATABASE_URL: 'postgres://headwater@pooler:6432/headwater' };
  expect(readConfig({ ...pooled, ...url }).databasePooler).toBe('transaction');
});

it.each([
  [{ HEADWATER_HOST: '0.0.0.0' }, 'http://localhost:4010'],
  [{ HEADWATER_HOST: '::1', HEADWATER_PORT: '80' }, 'http://[::1]:80'],
  [{ HEADWATER_PUBLIC_URL: 'https://crm.example.org/' }, 'https://crm.example.org'],
])('%j is reached at %s', (env, publicUrl) => {
  expect(readConfig(env).publicUrl).toBe(publicUrl);
});
