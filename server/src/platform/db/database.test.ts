import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { type DatabaseTraits, openDatabase } from './database.ts';
import { Collision, DatabaseBusy } from './errors.ts';
import { statement } from './statement.ts';

const one = statement({
  name: 'test.one',
  text: 'select 1 as one',
  parameters: [],
  row: { one: 'int4' },
  scope: 'server',
});

const direct = statement({
  name: 'test.direct',
  text: 'select $1::int4 as company',
  parameters: ['int4'],
  row: { company: 'int4' },
  direct: true,
});

const put = statement({
  name: 'test.put-direct',
  text: 'insert into direct_write (company_id) values ($1)',
  parameters: ['int4'],
  direct: true,
});

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

it('runs nothing for a branch that goes on after the transaction was given up', async () => {
  let failed = () => {};
  const givenUp = new Promise<void>((resolve) => {
    failed = resolve;
  });
  let late: Promise<unknown> = Promise.resolve();
  const work = server.database.transaction(async (tx) => {
    await tx.run(one, []);
    late = givenUp.then(() => tx.run(one, []));
    throw new Error('refused');
  });
  await expect(work).rejects.toThrow('refused');
  failed();
  await expect(late).rejects.toThrow('the transaction is over');
});

it('keeps one company from taking every connection', async () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const held = Array.from({ length: 40 }, () =>
    server.database.transaction(async (tx) => {
      await tx.run(one, []);
      await opened;
    }, 1),
  );
  expect(await server.database.transaction((tx) => tx.run(one, []), 2)).toEqual([{ one: 1 }]);
  open();
  await Promise.all(held);
});

it('writes directly to one database, to which nothing stands between', () => {
  const settings = { host: '/nowhere', port: 1, user: 'nobody', database: 'none' };
  const log = pino({ level: 'silent' });
  const of = (traits: DatabaseTraits) => openDatabase(settings, log, traits).writesDirectly;
  expect([of({}), of({ pooler: 'transaction' }), of({ distributed: true })]).toEqual([true, false, false]);
});

it('writes directly for one company as much as others leave, and lets no more wait than it can serve', async () => {
  const { read } = server.database;
  const ofOne = Array.from({ length: 700 }, () => read.run(direct, [1]));
  const outcomes = Promise.allSettled(ofOne);
  expect(await read.run(direct, [2])).toEqual([{ company: 2 }]);
  const refused = (await outcomes).filter(({ status }) => status === 'rejected');
  expect(refused).not.toEqual([]);
  for (const one of refused) {
    expect((one as PromiseRejectedResult).reason).toBeInstanceOf(DatabaseBusy);
  }
});

it('a direct write that would wait for a lock gives up, also on a connection that it could not be prepared on', async () => {
  const { database } = server;
  const holder = await database.connect();
  await holder.query('create table direct_write (company_id int4)');
  await holder.query('begin; lock table direct_write in share mode');
  const burst = () => Promise.allSettled(Array.from({ length: 12 }, () => database.read.run(put, [1])));
  const gaveUp = { status: 'rejected', reason: expect.any(Collision) };
  for (let round = 0; round < 3; round++) {
    expect(await burst()).toEqual(Array(12).fill(gaveUp));
  }
  await holder.query('commit');
  for (let round = 0; round < 2; round++) {
    expect(await burst()).toEqual(Array(12).fill({ status: 'fulfilled', value: [] }));
  }
  await holder.query('begin; lock table direct_write in share mode');
  expect(await burst()).toEqual(Array(12).fill(gaveUp));
  await holder.query('commit');
  const { rows } = await holder.query('select count(*) as written from direct_write');
  expect(rows).toEqual([{ written: 24 }]);
  await holder.end();
});
