import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { statement } from './statement.ts';

const put = statement({
  name: 'test.put',
  text: 'insert into written_test (number) values ($1)',
  parameters: ['int4'],
  scope: 'server',
});
const count = statement({
  name: 'test.count',
  text: 'select count(*)::int4 as count from written_test',
  parameters: [],
  row: { count: 'int4' },
  scope: 'server',
});

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.sql('create table written_test (number int4 primary key check (number > 0))');
});
beforeEach(() => server.sql('truncate written_test'));
afterAll(() => server.close());

const rows = async () => (await server.database.read.run(count, []))[0]!.count;

describe('what a transaction writes without waiting for it', () => {
  it('is kept by the commit, however much there is, and is seen by what is read behind it', async () => {
    const seen = await server.database.transaction(async (tx) => {
      for (let number = 1; number <= 20; number++) tx.write(put, [number]);
      const [row] = await tx.run(count, []);
      tx.write(put, [21]);
      return row!.count;
    });
    expect(seen).toBe(20);
    expect(await rows()).toBe(21);
  });

  it('fails the transaction, which keeps nothing and says why', async () => {
    const work = server.database.transaction(async (tx) => {
      tx.write(put, [1]);
      tx.write(put, [-1]);
      tx.write(put, [2]);
      return 'done';
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect(await rows()).toBe(0);
    await server.database.transaction(async (tx) => tx.write(put, [3]));
    expect(await rows()).toBe(1);
  });

  it('fails what goes on behind it by the reason, not by its consequence', async () => {
    const work = server.database.transaction(async (tx) => {
      tx.write(put, [-1]);
      await tx.run(count, []);
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
  });

  it('runs the work anew where another transaction got in the way', async () => {
    await server.sql('insert into written_test values (1)');
    let runs = 0;
    await server.database.transaction(async (tx) => {
      tx.write(put, [++runs]);
    });
    expect([runs, await rows()]).toEqual([2, 2]);
  });

  it('is refused outside a transaction, and behind its end', async () => {
    expect(() => server.database.read.write(put, [1])).toThrow('belongs in a transaction');
    let late: (() => void) | undefined;
    await server.database.transaction(async (tx) => {
      late = () => tx.write(put, [1]);
    });
    expect(late).toThrow('the transaction is over');
    expect(await rows()).toBe(0);
  });
});
