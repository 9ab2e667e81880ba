import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../src/identity/permissions.ts';
import { describedApp } from './app-routes.ts';
import {
  type Answer,
  type Caller,
  PASSWORD,
  startServer,
  type TestCompany,
  type TestServer,
} from './harness.ts';
import { BEFORE, BODIES, MAKERS, type Made, openScene, type Scene } from './role-records.ts';
import { type Rule, readRoleTable, type Sight } from './role-table.ts';

const { sights, rules } = readRoleTable();

let server: TestServer;
let other: TestCompany;
let scenes: Map<Role, Scene>;
const kept = new Map<string, Promise<Made>>();
beforeAll(async () => {
  server = await startServer();
  other = await server.company();
  const opened = ROLES.map(async (role) => [role, await openScene(server, other, role)] as const);
  scenes = new Map(await Promise.all(opened));
});
afterAll(() => server.close());

describe('role-table.md', () => {
  it('has the routes of the app but those under /api/v3, each once', async () => {
    const { routes } = await describedApp();
    const registered = routes
      .filter(({ path }) => !path.startsWith('/api/v3/'))
      .map(({ method, path }) => `${method} ${path}`);
    expect(rules.map(({ route }) => route).toSorted()).toEqual(registered.toSorted());
  });

  it('has the eleven roles, and says something of each', () => {
    expect(ROLES).toHaveLength(11);
    for (const { route, roles } of rules) expect([...roles.keys()], route).toEqual(ROLES);
    const words = rules.flatMap(({ anyone, roles }) => [anyone, ...roles.values()]);
    expect(words.filter((word) => !/^(?:\d{3}|own|open|shut)$/.test(word))).toEqual([]);
  });

  it('names records that the test can make', () => {
    expect(sights.map(({ kind, which }) => `${kind}: ${which}`)).toEqual(Object.keys(MAKERS));
    const kinds = new Set(sights.map(({ kind }) => kind));
    expect(rules.filter(({ about }) => about && !kinds.has(about))).toEqual([]);
  });
});

describe('answers each role as the table says', () => {
  it.each(rules)('$route', async (rule) => {
    const sight = sights.find(({ kind }) => kind === rule.about);
    const someone: Role = 'super_admin';
    const found = sight && (await record(rule, someone, sight));
    const first = await send(rule, scenes.get(someone)!, found);
    const wrong = rule.anyone === 'open' ? [] : difference('anyone', rule.anyone, first.status);
    const perRole = ROLES.map((role) =>
      rule.roles.get(role) === 'open' ? open(rule, role, first.status) : answered(rule, role),
    );
    wrong.push(...(await Promise.all(perRole)).flat());
    expect(wrong).toEqual([]);
  });
});

async function open(rule: Rule, role: Role, expected: number): Promise<string[]> {
  const scene = scenes.get(role)!;
  const { status } = await send(rule, scene, undefined, scene.actor);
  if (status === 401 || status === 403) return [`${role}: ${status} on a route that is open`];
  return difference(role, String(expected), status);
}

/** How the answers to a role differ from the table. */
async function answered(rule: Rule, role: Role): Promise<string[]> {
  const scene = scenes.get(role)!;
  const cell = rule.roles.get(role)!;
  const about = sights.filter(({ kind }) => kind === rule.about);
  if (about.length === 0) {
    const { status } = await send(rule, scene, undefined, scene.actor);
    return difference(role, cell, status);
  }
  const wrong: string[] = [];
  if (!rule.route.includes('{')) {
    const records = [];
    for (const sight of about) records.push(await record(rule, role, sight));
    const answer = await send(rule, scene, undefined, scene.actor);
    if (answer.status !== Number(cell)) return difference(role, cell, answer.status);
    const listed = idsIn(answer.body);
    for (const [index, sight] of about.entries()) {
      const sees = sight.seenBy.has(role) ? 'listed' : 'not listed';
      const found = listed.has(records[index]!.id) ? 'listed' : 'not listed';
      wrong.push(...difference(`${role}, ${sight.which}`, sees, found));
    }
    return wrong;
  }
  for (const sight of about) {
    const expected = statusOf(cell, role, sight);
    const leaving = rule.route.startsWith('DELETE') && sight.which === 'itself' && expected < 300;
    const by = leaving ? { ...scene, actor: await scene.company.user(role) } : scene;
    const found = leaving ? await MAKERS['user: itself']!(by) : await record(rule, role, sight);
    const answer = await send(rule, by, found, by.actor);
    wrong.push(...difference(`${role}, ${sight.which}`, String(expected), answer.status));
    if (!rule.route.startsWith('GET') && answer.status < 300) kept.delete(keyOf(role, sight));
  }
  return wrong;
}

/** What a cell says of a request for one record. */
function statusOf(cell: string, role: Role, { which, seenBy }: Sight): number {
  if (cell === 'shut') return 403;
  if (!seenBy.has(role)) return 404;
  if (cell === 'own') return which.startsWith('its own') ? 200 : 403;
  return Number(cell);
}

/** The record of a role's company to try a route on: the same one until a request changed it. */
async function record(rule: Rule, role: Role, sight: Sight): Promise<Made> {
  const make = () => MAKERS[`${sight.kind}: ${sight.which}`]!(scenes.get(role)!);
  const before = BEFORE[rule.route];
  if (before) {
    const fresh = await make();
    await before(fresh, scenes.get(role)!);
    return fresh;
  }
  const key = keyOf(role, sight);
  let known = kept.get(key);
  if (!known) {
    known = make();
    kept.set(key, known);
  }
  return known;
}

const keyOf = (role: Role, { kind, which }: Sight) => `${role} ${kind}: ${which}`;

async function send(
  { route }: Rule,
  scene: Scene,
  record: Made | undefined,
  caller?: Caller,
): Promise<Answer> {
  const [method, pattern] = route.split(' ') as [string, string];
  const [first] = pattern.match(/\{\w+\}/) ?? [];
  const path = pattern.replaceAll(/\{(\w+)\}/g, (parameter, name: string) => {
    if (name === 'partnername') return 'workday';
    if (name.toLowerCase() === 'contactid' && parameter !== first) return scene.contact.id;
    return (name === 'externalid' ? record?.externalId : record?.id) ?? 'none';
  });
  const body = BODIES[route]?.(scene);
  return server.call(method, path, {
    ...(path.startsWith('/mail') ? { headers: byPassword(caller) } : { token: caller?.token }),
    ...(body === undefined ? {} : { body }),
  });
}

/** As a browser sends it from a page of this server. */
function byPassword(caller: Caller | undefined): Record<string, string> {
  const origin = { origin: server.url };
  if (!caller) return origin;
  const credentials = Buffer.from(`${caller.email}:${PASSWORD}`).toString('base64');
  return { ...origin, authorization: `Basic ${credentials}` };
}

function idsIn(page: object): Set<string> {
  const rows: (string | { id?: string; clientId?: string })[] = Object.values(page).find(Array.isArray) ?? [];
  return new Set(rows.map((row) => (typeof row === 'string' ? row : (row.id ?? row.clientId)!)));
}

function difference(who: string, expected: string, found: string | number): string[] {
  return expected === String(found) ? [] : [`${who}: ${expected} expected, ${found} found`];
}
