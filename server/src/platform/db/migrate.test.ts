import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
