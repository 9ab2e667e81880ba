import type pg from 'pg';
import { listCustomers } from '../../server/src/customers/customer-list-store.ts';
import type { Sql, Statement } from '../../server/src/platform/db/statement.ts';
import { uuidv7 } from '../../server/src/platform/uuid.ts';
import { composed, type Sent } from '../events/composed.ts';
import type { FloorRoute } from '../floor/floor.ts';
import { type Filled, PERSON } from './fill-contacts.ts';
import type { House } from './house.ts';
import { inTurn } from './in-turn.ts';
import type { Load } from './run.ts';

/** What clients do, and the least that does as much. */
export interface Workload {
  name: string;
  /** The ratio to the floor that is wanted. */
  goal: number;
  /** One a processor is kept busy with; more where requests wait for each other's disk. */
  connections: number;
  server: Omit<Load, 'url'>;
  floor: Omit<Load, 'url'>;
  route: FloorRoute;
}

const READING = 16;
const WRITING = 32;
/** Creation times of the floor's contacts: apart from all others. */
const FLOOR_EPOCH = Date.UTC(2040, 0, 1);

/** In the order of the table. */
export async function workloads(
  house: House,
  client: pg.Client,
  { ids, emails, moments }: Filled,
  words: readonly string[],
): Promise<Workload[]> {
  const { companyId, token } = house;
  const read = (
    name: string,
    goal: number,
    sql: Sent,
    server: { method?: 'GET' | 'POST'; token?: string; request: Load['request'] },
    values: () => string[] = () => [],
  ): Workload => ({
    name,
    goal,
    connections: READING,
    server: { method: 'GET', token, fresh: false, ...server },
    floor: { method: 'GET', fresh: false, request: () => ({ path: pathOf(name, values()) }) },
    route: { name: routeOf(name), text: sql.text, lead: sql.values, writes: false },
  });
  const write = (
    name: string,
    text: string,
    server: { method: 'POST' | 'PATCH'; request: Load['request'] },
    next: () => { values: string[]; body: string },
  ): Workload => ({
    name,
    goal: 0.5,
    connections: WRITING,
    server: { ...server, token, fresh: true },
    floor: {
      method: server.method,
      fresh: true,
      request() {
        const { values, body } = next();
        return { path: pathOf(name, values), body };
      },
    },
    route: { name: routeOf(name), text, lead: [companyId], writes: true },
  });
  const search = async (name: string, data: object) => {
    const request = { data: [data], limit: 20 };
    const { text, values } = await composed(client, companyId, request);
    const body = JSON.stringify(request);
    return read(
      name,
      0.8,
      { text: asBody(text), values },
      { method: 'POST', request: () => ({ path: '/v1/attractEvents/search', body }) },
    );
  };

  const nextId = inTurn(ids);
  const nextEmail = inTurn(emails);
  const nextMoment = inTurn(moments);
  const nextChanged = inTurn(ids);
  const nextReplaced = inTurn(ids);
  const [{ wire }] = (
    await client.query('select wire from contact where company_id = $1 and id = $2', [companyId, ids[0]])
  ).rows as [{ wire: string }];
  let made = 0;
  const moment = () => new Date(FLOOR_EPOCH + made++).toISOString();
  const customers = await sentBy((sql) =>
    listCustomers(sql, companyId, NO_FILTER, { field: 'id', descending: false, limit: 20, offset: 0 }),
  );

  return [
    read(
      'contact by id',
      0.75,
      {
        text: 'select c.wire::text as body from contact c where c.company_id = $1 and c.id = $2::uuid',
        values: [companyId],
      },
      { request: () => ({ path: `/v1/contact/${nextId()}` }) },
      () => [nextId()],
    ),
    read(
      'contact by email',
      0.75,
      {
        text: `
          select c.wire::text as body from contact_key k join contact c on c.company_id = $1 and c.id = k.contact_id
          where k.company_id = $1 and k.kind = 'email' and k.value = $2`,
        values: [companyId],
      },
      { request: () => ({ path: `/v1/contacts?email=${encodeURIComponent(nextEmail())}` }) },
      () => [nextEmail()],
    ),
    read(
      'page of 200 by created date',
      0.9,
      {
        text: `
          select '{"contacts":[' || string_agg(p.wire, ',') || ']}' as body from (
            select c.wire::text as wire from contact c where c.company_id = $1 and c.created_at >= $2::timestamptz
            order by c.created_at, c.id limit 200) p`,
        values: [companyId],
      },
      {
        request: () => ({
          path: `/v1/contacts?limit=200&sort_field=createdAt&created_at_op=gte&created_at=${nextMoment()}`,
        }),
      },
      () => [nextMoment()],
    ),
    write(
      'create contact',
      `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
       values ($1, $2::uuid, $3::timestamptz, 0, $3::timestamptz, 0, $4::json) returning '{}' as body`,
      { method: 'POST', request: () => ({ path: '/v1/contact', body: person(`new${made++}`) }) },
      () => ({ values: [uuidv7(), moment()], body: wire }),
    ),
    write(
      'PATCH one field',
      `update contact set wire = $4::json, updated_at = $3::timestamptz, updated_seat = 0, version = version + 1
       where company_id = $1 and id = $2::uuid returning '{}' as body`,
      {
        method: 'PATCH',
        request: () => ({
          path: `/v1/contact/${nextChanged()}`,
          body: JSON.stringify({ primaryPhoneNumber: `+49 30 ${5_550_100 + made++}` }),
        }),
      },
      () => {
        const id = nextReplaced();
        // The server goes by the id in it.
        return { values: [id, moment()], body: wire.replace(ids[0]!, id) };
      },
    ),
    await search('event search, type and date', {
      type: { op: 'EQ', value: 'meetup' },
      'start/timestamp': { op: 'GT', value: { daysAgo: 30 } },
    }),
    await search('event FULL_TEXT_PREFIX', {
      FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value: words.at(-2) },
    }),
    read(
      'v3 customers, 20',
      0.6,
      { text: asBody(customers.text), values: customers.values },
      {
        token: house.suiteToken,
        request: () => ({ path: `/api/v3/companies/${companyId}/customers/?limit=20` }),
      },
    ),
  ];
}

const NO_FILTER = {
  username: undefined,
  email: undefined,
  accountType: undefined,
  status: undefined,
  active: undefined,
};

const routeOf = (name: string) => name.replaceAll(/\W+/g, '-');
const pathOf = (name: string, values: string[]) =>
  `/${[routeOf(name), ...values.map(encodeURIComponent)].join('/')}`;
const asBody = (text: string) => `select json_agg(found)::text as body from (${text}) found`;

function person(mark: string): string {
  return JSON.stringify(PERSON).replaceAll('_______', mark);
}

/** The first statement that a store sends. */
async function sentBy(store: (sql: Sql) => Promise<unknown>): Promise<Sent> {
  let first: Sent | undefined;
  const listening = {
    run({ text }: Statement, values: unknown[]) {
      first ??= { text, values };
      return Promise.resolve([]);
    },
  };
  await store(listening as unknown as Sql).catch(() => {});
  if (!first) throw new Error('the store sent nothing');
  return first;
}
