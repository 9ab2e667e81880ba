import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const CROWD = 30;
/** What the database does for one company at a time. */
const TRANSACTIONS = 6;
const SCANS = 3;
const world = twoCompanies({ patience: 100 });

let holder: pg.Client;
beforeAll(async () => {
  holder = await world.server.database.connect();
});
afterAll(() => holder.end());

/** Holds a lock while a crowd asks for what it keeps; the statuses of those whom it kept, once it is gone. */
async function crowdBehind(lock: string, values: unknown[], kept: number, send: () => Promise<Answer>) {
  const answers: Answer[] = [];
  await holder.query('begin');
  await holder.query(lock, values);
  const crowd = Array.from({ length: CROWD }, () => send().then((answer) => answers.push(answer)));
  try {
    await expect.poll(() => answers.length).toBe(CROWD - kept);
    for (const { status, headers, body } of answers) {
      expect([status, headers.get('retry-after'), body.code]).toEqual([429, '1', 429]);
    }
    await othersAreServed();
    expect(answers.length).toBe(CROWD - kept);
  } finally {
    await holder.query('rollback');
  }
  await Promise.all(crowd);
  return answers.slice(CROWD - kept).map(({ status }) => status);
}

async function othersAreServed(): Promise<void> {
  const { server, company, other } = world;
  const answers = await Promise.all([
    other.admin.post('/v1/teams', { name: `Team ${randomUUID()}` }),
    other.admin.get('/v1/users'),
    company.admin.get(`/v1/user/${company.admin.id}`),
    server.call('GET', '/healthz'),
    server.call('GET', '/readyz'),
    server.call('GET', '/metrics'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
}

it('429: changes that would wait for long behind others of their company, and nothing else', async () => {
  const { admin } = world.company;
  const { body } = await admin.post('/v1/contact', { fullName: 'Waited For' });
  const change = () => admin.patch(`/v1/contact/${body.id}`, { firstName: 'Ada' });
  const lock = 'select from contact where company_id = $1 and id = $2 for update';
  const statuses = await crowdBehind(lock, [world.company.id, body.id], TRANSACTIONS, change);
  expect(statuses).toEqual(Array(TRANSACTIONS).fill(200));
  await expect.poll(() => change().then(({ status }) => status)).toBe(200);
});

it('429: lists that would wait for long behind others of their company, and nothing else', async () => {
  const list = () => world.company.admin.get('/v1/contacts/deleted');
  const statuses = await crowdBehind('lock table contact in access exclusive mode', [], SCANS, list);
  expect(statuses).toEqual(Array(SCANS).fill(200));
  await expect.poll(() => list().then(({ status }) => status)).toBe(200);
});

it('200: /metrics says what was refused, and what the server bears', async () => {
  const { body } = await world.server.call('GET', '/metrics');
  expect(body).toMatch(/^http_requests_refused_total [1-9]\d*$/m);
  expect(body).toMatch(/^http_connections [1-9]\d*$/m);
  for (const name of ['http_requests_in_house', 'http_unread_bytes', 'http_body_bytes']) {
    expect(body).toMatch(new RegExp(`^${name} 0$`, 'm'));
  }
});
