import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startServer, type TestServer } from '../../test/harness.ts';

const SEATS = 100;

let server: TestServer;
const sessions: pg.Client[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  for (const session of sessions) await session.end();
  await server.close();
});

/** A session of PostgreSQL, with its number. */
async function session() {
  const [row] = await server.sql<{ database: string }>('select current_database() as database');
  const client = new pg.Client({ ...inject('postgres'), user: 'headwater', database: row!.database });
  sessions.push(client);
  await client.connect();
  const { rows } = await client.query('select pg_backend_pid() as pid');
  return { client, pid: rows[0].pid as number };
}
const seatOf = async (client: pg.Client, wanted: string) =>
  (await client.query(`select seat, moment from free_seat('created', 1, $1)`, [wanted])).rows[0];

it('gives sessions that cannot see each other seats of their own in one moment', async () => {
  const { id } = await server.company();
  const first = await session();
  let second = await session();
  while (second.pid % 10 === first.pid % 10) second = await session();
  const moment = '2001-02-03T04:05:06.789Z';
  for (const { client, pid } of [first, second, first]) {
    expect((await seatOf(client, moment)).seat).toBe(pid % SEATS);
  }

  const take = `
    insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
    select $1, gen_random_uuid(), f.moment, f.seat, clock_timestamp() + $2 * interval '1 day', 0, '{}'
    from free_seat('created', $1, $3) f returning created_at, created_seat`;
  const taken = [];
  for (let number = 0; number < SEATS + 1; number++) {
    const { client, pid } = number % 2 ? first : second;
    const { rows } = await client.query(take, [id, number, moment]);
    taken.push(rows[0]);
    if (number < 20) expect(rows[0].created_seat % 10).toBe(pid % 10);
  }
  const places = taken.map((row) => `${row.created_at.toISOString()} ${row.created_seat}`);
  expect(new Set(places).size).toBe(SEATS + 1);
  // All seats of the moment, and one of the next milliseconds.
  expect(places.filter((place) => place.startsWith(moment))).toHaveLength(SEATS);
});
