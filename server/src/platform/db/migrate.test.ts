import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { migrate, migrationState } from './migrate.ts';

let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startServer();
  client = await server.database.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});

it('has nothing to do on a database that is up to date', async () => {
  expect(await migrationState(client)).toEqual({ pending: [], unknown: [], changed: [] });
  expect(await migrate(client)).toEqual([]);
});

it('refuses a database that was migrated by other files than these', async () => {
  await server.sql("insert into migration (name, digest) values ('9999_future.sql', '')");
  await expect(migrate(client)).rejects.toThrow(/newer Headwater \(9999_future\.sql\)/);
  await server.sql("delete from migration where name = '9999_future.sql'");
  const [first] = await server.sql<{ name: string; digest: string }>(
    'select * from migration order by name limit 1',
  );
  await server.sql('update migration set digest = $2 where name = $1', [first!.name, 'edited']);
  await expect(migrate(client)).rejects.toThrow(`${first!.name} is not what this database was migrated with`);
  await server.sql('update migration set digest = $2 where name = $1', [first!.name, first!.digest]);
  expect(await migrate(client)).toEqual([]);
});

it('is done once where several processes begin at once, and leaves nothing on their connections', async () => {
  const name = `migrated_${process.pid}`;
  const connected = async (user: string, database: string) => {
    const made = new pg.Client({ ...inject('postgres'), user, database });
    await made.connect();
    return made;
  };
  const operator = await connected('postgres', 'postgres');
  await operator.query(`create database ${name} owner headwater`);
  const clients = await Promise.all(Array.from({ length: 3 }, () => connected('headwater', name)));
  onTestFinished(async () => {
    await Promise.all(clients.map((one) => one.end()));
    await operator.query(`drop database ${name}`);
    await operator.end();
  });

  const applied = (await Promise.all(clients.map(migrate))).flat();
  const files = await readdir(new URL('../../../migrations/', import.meta.url));
  expect(applied.toSorted()).toEqual(files.filter((file) => file.endsWith('.sql')).toSorted());
  for (const one of clients) {
    const { rows } = await one.query(`
      select array(select name from pg_settings where source = 'session') as set,
        (select count(*)::int from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') as locks`);
    expect(rows).toEqual([{ set: [], locks: 0 }]);
  }
});
