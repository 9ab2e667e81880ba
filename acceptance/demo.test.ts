import { expect, test } from 'vitest';
import { type Client, signIn } from './client.ts';
import { dataFolder, freePort, runProgram, startServer } from './server.ts';

const PATIENT = { timeout: 180_000 };
const DAY = 24 * 60 * 60 * 1000;

async function demo(env: Record<string, string>, ...words: string[]) {
  const run = runProgram(['npm', 'run', '--silent', 'demo', '--', '--json', ...words], env);
  const code = await run.exited;
  if (code !== 0) throw new Error(`the demo ended with ${code}:\n${run.stderr()}`);
  return { summary: JSON.parse(run.stdout()), told: run.stderr() };
}

async function contacts(client: Client) {
  const { body } = await client.get('/v1/contacts?limit=200');
  return body;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads any JSON
type Json = any;

/** What the demo makes besides contacts, as the company reads it. */
async function demoCompany(client: Client) {
  const read = async (path: string) => (await client.get(path)).body;
  const { pools }: { pools: Json[] } = await read('/v1/pools');
  const { vacancies }: { vacancies: Json[] } = await read('/v1/vacancies');
  const members: Json[][] = [];
  for (const { id } of pools) members.push((await read(`/v1/pool/${id}/contacts?limit=200`)).contacts);
  const moves: Json[] = [];
  for (const { hash_id } of vacancies)
    moves.push(...(await read(`/v1/vacancy/${hash_id}/history?limit=200`)).history);
  return { pools, members, vacancies, moves, notes: (await read('/v1/notes')).totalCount };
}

function placementsOn(vacancies: Json[]): number {
  return vacancies.reduce((sum, { contact_count }) => sum + contact_count, 0);
}

test(
  'without a server: the demo runs one for the time, and a second run changes nobody into two',
  PATIENT,
  async () => {
    const data = await dataFolder();
    const env = { HEADWATER_DATA_DIR: data.path, HEADWATER_PORT: String(await freePort()) };
    const first = await demo(env, '--contacts', '40');
    expect(first.summary).toMatchObject({ contacts: { created: 40, updated: 0 } });
    expect(first.told).toContain('No server of this installation answers');
    expect(first.told).toContain('contacts: 40 of 40');
    const second = await demo(env, '--contacts', '50');
    expect(second.summary).toMatchObject({ contacts: { created: 10, updated: 40 } });

    const server = await startServer({ data });
    const { contacts: all, total_count } = await contacts(await signIn(server.url));
    expect(total_count).toBe(50);
    const some = (has: (contact: Record<string, unknown[]>) => unknown) => all.filter(has).length;
    for (const list of [
      'emails',
      'phoneNumbers',
      'links',
      'experience',
      'education',
      'skills',
      'languages',
    ]) {
      expect(
        some((contact) => contact[list]!.length),
        list,
      ).toBeGreaterThan(25);
    }
    expect(some((contact) => contact.customFields!.length)).toBeGreaterThan(25);
    expect(some((contact) => contact.globalTags!.length)).toBeGreaterThan(10);
    expect(some((contact) => Object.keys(contact.integrations!).length)).toBeGreaterThan(5);
    expect(new Set(all.map(({ status }: { status: { value: string } }) => status.value)).size).toBe(4);
    const created = all.map(({ createdTime }: { createdTime: string }) => Date.parse(createdTime));
    expect(Math.max(...created) - Math.min(...created)).toBeGreaterThan(200 * DAY);
    expect(all[0].education[0].program).toEqual(expect.any(String));
  },
);

test('pools, vacancies, and a year of moves; a second run adds none', PATIENT, async () => {
  const port = String(await freePort());
  const server = await startServer({ env: { HEADWATER_PORT: port } });
  const env = { HEADWATER_DATA_DIR: server.data.path, HEADWATER_PORT: port };
  const first = await demo(env, '--contacts', '100');
  const client = await signIn(server.url);
  const company = await demoCompany(client);
  const { pools, members, vacancies, moves } = company;
  expect(first.summary).toMatchObject({
    pools: 12,
    vacancies: 40,
    notes: company.notes,
    placements: placementsOn(vacancies),
    moves: moves.length,
    events: 7,
  });
  expect(first.summary.notes).toBeGreaterThan(0);

  expect(pools).toHaveLength(12);
  expect(pools.filter(({ contactCount }) => contactCount > 0).length).toBeGreaterThan(6);
  expect(new Set(pools.map(({ visibility }) => visibility))).toEqual(new Set(['public', 'private']));
  expect(pools.some(({ shares }) => shares.teams.length > 0)).toBe(true);
  expect(pools.some(({ poolType }) => poolType?.steps.sequential)).toBe(true);
  const onLaterSteps = pools.flatMap(({ poolType }, index) =>
    poolType ? members[index]!.filter(({ step }) => step.id !== poolType.steps.values[0].id) : [],
  );
  expect(onLaterSteps.length).toBeGreaterThan(0);

  expect(vacancies).toHaveLength(40);
  expect(new Set(vacancies.map(({ integrations }) => integrations.greenhouse.id)).size).toBe(40);
  const statuses = ['draft', 'open', 'on hold', 'filled', 'closed'];
  expect(new Set(vacancies.map(({ status }) => status))).toEqual(new Set(statuses));
  for (const { status, contact_count, stages } of vacancies) {
    expect(stages.at(-1)).toMatchObject({ group: 'hired', locked: true });
    expect(stages.at(-1).contactcount).toBeLessThanOrEqual(status === 'filled' ? 1 : 0);
    if (status === 'draft') expect(contact_count).toBe(0);
  }
  expect(vacancies.some(({ stages }) => stages.at(-1).contactcount === 1)).toBe(true);

  const { data: events } = (await client.post('/v1/attractEvents/search', {})).body;
  expect(new Set(events.map(({ status }: Json) => status))).toEqual(
    new Set(['published', 'draft', 'cancelled']),
  );
  expect(Math.max(...events.map(({ metrics }: Json) => metrics.attendanceRate))).toBeGreaterThan(0);
  const dates = moves.map(({ date }) => Date.parse(date));
  expect(Math.max(...dates) - Math.min(...dates)).toBeGreaterThan(300 * DAY);
  expect(Math.max(...dates)).toBeLessThan(Date.now());
  expect(new Set(moves.map(({ kind }) => kind))).toEqual(new Set(['added', 'moved', 'rejected']));

  const second = await demo(env, '--contacts', '100');
  const made = { pools: 0, vacancies: 0, placements: 0, moves: 0, notes: 0, events: 0, attendees: 0 };
  expect(second.summary).toMatchObject({ contacts: { created: 0, updated: 100 }, ...made });
  expect(await demoCompany(client)).toEqual(company);
});

test('interrupted and run again, it makes what was missing and nothing twice', PATIENT, async () => {
  const port = String(await freePort());
  // Slow enough to be interrupted between the vacancies.
  const server = await startServer({ env: { HEADWATER_PORT: port, HEADWATER_RATE_COMPANY: '40' } });
  const env = { HEADWATER_DATA_DIR: server.data.path, HEADWATER_PORT: port };
  const words = ['--json', '--contacts', '10'];
  const run = runProgram(['node', 'bin/headwater.mjs', 'demo', ...words], env);
  run.child.stderr!.on('data', () => {
    if (run.stderr().includes('vacancies: 4 of 40')) run.signal('SIGINT');
  });
  expect(await run.exited, run.stderr()).toBe(130);
  const interrupted = JSON.parse(run.stdout());
  expect(interrupted).toMatchObject({ contacts: { created: 10 }, pools: 12, placements: 0 });
  const { summary } = await demo(env, ...words);
  expect(summary).toMatchObject({ contacts: { created: 0, updated: 10 }, pools: 0 });
  expect(summary.vacancies).toBe(40 - interrupted.vacancies);
  expect(summary.vacancies).toBeGreaterThan(0);
  const { pools, vacancies } = await demoCompany(await signIn(server.url));
  expect([pools.length, vacancies.length]).toEqual([12, 40]);
  expect(placementsOn(vacancies)).toBe(summary.placements);
});

test('beside a server: through that one, within its rate limit', PATIENT, async () => {
  const port = String(await freePort());
  const server = await startServer({ env: { HEADWATER_PORT: port, HEADWATER_RATE_COMPANY: '25' } });
  const env = { HEADWATER_DATA_DIR: server.data.path, HEADWATER_PORT: port };
  const { summary, told } = await demo(env, '--contacts', '20');
  expect(summary).toMatchObject({ contacts: { created: 20, updated: 0 } });
  expect(told).toContain(`through the server at http://127.0.0.1:${port}`);
  expect((await contacts(await signIn(server.url))).total_count).toBe(20);
});

test('a stranger at that address gets nothing: the demo runs its own server', PATIENT, async () => {
  const stranger = await startServer({ env: { HEADWATER_PORT: String(await freePort()) } });
  const data = await dataFolder();
  const { told } = await demo(
    { HEADWATER_DATA_DIR: data.path, HEADWATER_PUBLIC_URL: stranger.url },
    '--contacts',
    '5',
  );
  expect(told).toContain('No server of this installation answers');
  expect((await contacts(await signIn(stranger.url))).total_count).toBe(0);
});

test('a token that the operator makes acts as the user it was made for', PATIENT, async () => {
  const server = await startServer();
  const create = (...words: string[]) =>
    runProgram(['node', 'bin/headwater.mjs', 'token', 'create', '--json', ...words], {
      HEADWATER_DATA_DIR: server.data.path,
    });
  const made = create('--email', 'admin@acceptance.example', '--minutes', '5');
  expect(await made.exited, made.stderr()).toBe(0);
  const { userId, token } = JSON.parse(made.stdout());
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${server.url}/v1/user/${userId}`, { headers })).status).toBe(200);
  const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  expect(exp - iat).toBe(300);

  const unknown = create('--email', 'nobody@acceptance.example');
  expect(await unknown.exited).toBe(1);
  expect(JSON.parse(unknown.stderr())).toEqual({
    error: expect.stringContaining('nobody@acceptance.example'),
  });
});
