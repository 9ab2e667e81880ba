import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT_TYPES, type AccountType } from '../src/customers/account-types.ts';
import { ROLES } from '../src/identity/permissions.ts';
import { askAbout, MAKERS, openTypeScene, type Target, type TypeScene } from './account-type-records.ts';
import { CELL, readTypeTable, relationOf, statusFor, type TypeRule } from './account-type-table.ts';
import { describedApp } from './app-routes.ts';
import { essence } from './factories.ts';
import { startServer, type TestServer } from './harness.ts';
import { customersPath, numberOf } from './suite.ts';

const LIST = 'GET /api/v3/companies/{companyId}/customers/';
const rules = readTypeTable();

let server: TestServer;
let scene: TypeScene;
beforeAll(async () => {
  server = await startServer();
  scene = await openTypeScene(server);
});
afterAll(() => server.close());

describe('account-type-table.md', () => {
  it('has the routes of the app under /api/v3, each once', async () => {
    const { routes } = await describedApp();
    const registered = routes.map(({ method, path }) => `${method} ${path}`);
    const ours = registered.filter((route) => route.includes(' /api/v3/'));
    expect(rules.map(({ route }) => route).toSorted()).toEqual(ours.toSorted());
  });

  it('has the four types, and says something of each', () => {
    expect(ACCOUNT_TYPES).toHaveLength(4);
    for (const { route, types } of rules) expect([...types.keys()], route).toEqual(ACCOUNT_TYPES);
    const words = rules.flatMap(({ anyone, user, types }) => [anyone, user, ...types.values()]);
    expect(words.filter((word) => !CELL.test(word))).toEqual([]);
  });

  it('is about what the test can make', () => {
    expect(rules.filter(({ about }) => about && !(about in MAKERS))).toEqual([]);
  });
});

describe('answers each account type as the table says', () => {
  it.each(rules)('$route', async (rule) => {
    const wrong: string[] = [];
    const lowest = await made(rule, 'hiring-manager');
    const anyone = await askAbout(scene, rule.route, lowest);
    if (rule.anyone === 'open') expect([401, 403]).not.toContain(anyone.status);
    const compare = (who: string, expected: number | undefined, status: number) => {
      if ((expected ?? anyone.status) !== status) wrong.push(`${who}: ${expected} expected, ${status} found`);
    };
    compare('anyone', statusFor(rule.anyone), anyone.status);
    for (const [index, { token }] of scene.users.entries()) {
      const { status } = await askAbout(scene, rule.route, lowest, { token });
      compare(ROLES[index]!, statusFor(rule.user), status);
    }
    for (const by of scene.callers) {
      const cell = rule.types.get(by.type)!;
      for (const type of rule.about ? ACCOUNT_TYPES : (['hiring-manager'] as const)) {
        const { status, body } = await askAbout(scene, rule.route, await made(rule, type), by);
        compare(`${by.type}, on ${type}`, statusFor(cell, relationOf(type, by.type)), status);
        if (rule.route === LIST) expect(body.objects.map(numberOf)).toEqual(await numbers());
      }
      if (rule.about === 'customer') {
        const { status } = await askAbout(scene, rule.route, by, by);
        compare(`${by.type}, on itself`, statusFor(cell, 'itself'), status);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(rules.filter(({ route }) => route.includes('{')))(
    "$route with what is another company's in its path",
    async (rule) => {
      const { other, callers, users } = scene;
      const there = { server, company: other };
      const look = async () => essence(await other.admin.get(customersPath(other, '?limit=1000')));
      // Whoever has a photo's address sees the photo, but under that address alone.
      const isPhoto = rule.about === 'photo';
      const theirs = isPhoto ? await made(rule, 'recruiter') : await made(rule, 'recruiter', there);
      const before = await look();
      const ask = async (by = {}) => (await askAbout(there, rule.route, theirs, by)).status;
      for (const by of callers) expect([by.type, await ask(by)]).toEqual([by.type, 404]);
      expect(await ask()).toBe(isPhoto ? 404 : statusFor(rule.anyone));
      for (const { token } of users) expect(await ask({ token })).toBe(isPhoto ? 404 : statusFor(rule.user));
      expect(await look()).toEqual(before);
    },
  );
});

/** What a rule is tried on. */
const made = (
  { about = 'customer' }: TypeRule,
  type: AccountType,
  { company }: Pick<TypeScene, 'company'> = scene,
): Promise<Target> => MAKERS[about]!(company, server, type);

async function numbers(): Promise<number[]> {
  const rows = await server.sql<{ number: number }>(
    'select number from customer where company_id = $1 order by number',
    [scene.company.id],
  );
  return rows.map(({ number }) => number);
}
