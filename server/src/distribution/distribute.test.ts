import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../test/harness.ts';
import { readTables } from './catalog.ts';
import { type CitusState, citusTables, isDistributed, readState, refusalOf } from './citus.ts';
import { distribute } from './distribute.ts';
import { planDistribution } from './plan.ts';

let server: TestServer;
let company: TestCompany;
let client: pg.Client;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
  const [found] = await server.sql<{ database: string }>('select current_database() as database');
  client = new pg.Client({ ...inject('postgres'), user: 'headwater', ...found });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});

describe('a PostgreSQL without Citus', () => {
  it('is told from one that has it', async () => {
    const state = await readState(client);
    expect(state).toMatchObject({ available: false, version: undefined, role: 'headwater', foreign: [] });
    expect(state.servers).toBeGreaterThan(0);
    expect(refusalOf(state)).toContain('PostgreSQL has no Citus here. Install Citus 12.1 or later');
    expect([await isDistributed(client), [...(await citusTables(client))]]).toEqual([false, []]);
  });
});

describe('a cluster', () => {
  const ready: CitusState = {
    ...{ available: true, version: '12.1-1', coordinator: true, replicas: 1, roomy: true, role: 'headwater' },
    ...{ foreign: [], servers: 0 },
  };

  it('that is ready is not refused', () => {
    for (const version of ['12.1-1', '12.2', '13.0-1', '14.0.0']) {
      expect(refusalOf({ ...ready, version })).toBeUndefined();
    }
  });

  it.each<[string, Partial<CitusState>, string]>([
    ['the extension is not created', { version: undefined }, 'create extension citus'],
    ['the extension is too old', { version: '12.0-1' }, 'Citus 12.0-1 is too old'],
    ['it is much too old', { version: '9.5' }, 'Citus 9.5 is too old'],
    ['it is a worker', { coordinator: false }, 'leads to a worker'],
    ['rows are on several servers', { replicas: 2 }, 'shard_replication_factor is 2'],
    ['no server takes rows', { roomy: false }, 'select citus_add_node('],
    ['the role may not', { foreign: ['contact'] }, 'The role headwater does not own contact'],
    ['servers run', { servers: 3 }, 'Servers are connected to the database (3 connections)'],
  ])('is refused where %s', (_what, changes, sentence) => {
    expect(refusalOf({ ...ready, ...changes })).toContain(sentence);
  });
});

describe('the steps, with functions that stand in for those of Citus and only write down their calls', () => {
  const standIn = (name: string, rest: string) => `
    create function ${name}(relation regclass${rest}) returns void language sql as
    $$ insert into called (relation, beside) values ($1, ${rest ? '$3' : 'null'}) $$`;
  const plan = async () => planDistribution(await readTables(client));

  it('are all taken back where one fails', async () => {
    await expect(distribute(client, await plan())).rejects.toThrow(
      'It was not done, for PostgreSQL refused to put company on every server: function create_reference_table(unknown) does not exist',
    );
    expect((await plan()).steps.filter(({ sql }) => sql.startsWith('alter table')).length).toBeGreaterThan(0);
  });

  it('run as they are planned, and the product works as before on what they leave', async () => {
    await client.query('create table called (place serial primary key, relation regclass, beside text)');
    await client.query(standIn('create_reference_table', ''));
    await client.query(standIn('create_distributed_table', ', by_column text, colocate_with text'));
    const { kinds, steps } = await plan();
    await distribute(client, { steps });
    const { rows } = await client.query<{ relation: string; beside: string | null }>(
      'select relation::text, beside from called order by place',
    );
    await client.query('drop table called cascade');
    expect(rows.filter(({ beside }) => beside === null).map(({ relation }) => relation)).toEqual([
      'company',
      'account_email',
    ]);
    expect(rows).toHaveLength([...kinds.values()].filter((kind) => kind !== 'local').length);
    const after = await readTables(client);
    expect(after.flatMap(({ foreignKeys }) => foreignKeys).filter(({ setsColumns }) => setsColumns)).toEqual(
      [],
    );

    const moments = await Promise.all(
      Array.from({ length: 10 }, () =>
        server.sql<{ at: string }>('select bulk_moment($1, 5)::text as at', [company.id]),
      ),
    );
    const taken = moments.map(([moment]) => Date.parse(moment!.at)).sort((a, b) => a - b);
    expect(taken.slice(1).filter((at, index) => at - taken[index]! < 5)).toEqual([]);
  });
});
