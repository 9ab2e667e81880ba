import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCluster } from './cluster.ts';
import { DataFolderHeld, isDataFolderHeld, lockDataFolder } from './data-folder-lock.ts';
import { spawnServer, upAt } from './fixtures/child-server.ts';
import { dataFolders, silent } from './fixtures/data-folders.ts';
import { removeSocketDirectory } from './socket-directory.ts';

const folders = dataFolders();
let initialised: string;
beforeAll(async () => {
  initialised = await folders.initialised();
});
afterAll(() => folders.remove());

test('of servers started at once on a new folder, one gets it and the others say who has', async () => {
  const dataDir = folders.empty();
  const servers = [1, 2, 3, 4].map(() => spawnServer(dataDir));
  const told = await Promise.all(servers.map((server) => server.next()));
  const [holder, ...others] = servers.filter((_, index) => told[index]!.event === 'up');
  expect(others).toEqual([]);
  const refused = {
    event: 'refused',
    error: 'DataFolderHeld',
    message: expect.stringContaining(
      `The data folder ${dataDir} is in use by process ${holder!.pid} (http://localhost:4321), started `,
    ),
  };
  expect(told.filter(({ event }) => event !== 'up')).toEqual([refused, refused, refused]);
  await holder!.stop();
});

test('a second start leaves the first one as it is', async () => {
  const dataDir = initialised;
  const server = spawnServer(dataDir);
  await upAt(server);
  await expect(startCluster({ dataDir, log: silent })).rejects.toThrow(DataFolderHeld);
  expect(isDataFolderHeld(dataDir)).toBe(true);
  await server.stop();
  expect(isDataFolderHeld(dataDir)).toBe(false);
});

test('the lock ends with a killed process, and its note is what the next one finds', async () => {
  const dataDir = initialised;
  const server = spawnServer(dataDir);
  const { host } = await upAt(server);
  await server.kill();
  const lock = await lockDataFolder(dataDir, undefined);
  expect(lock.abandoned).toMatchObject({ pid: server.pid, url: 'http://localhost:4321', socketDir: host });
  await lock.release();
  await removeSocketDirectory(host);
});

test('a note that names a live process does not make the folder held', async () => {
  const dataDir = folders.empty();
  writeFileSync(join(dataDir, 'server.json'), JSON.stringify({ pid: 1, startedAt: '2026-01-01T00:00:00Z' }));
  const lock = await lockDataFolder(dataDir, undefined);
  await lock.release();
});

test('one process does not get the folder twice, and gets it again once released', async () => {
  const dataDir = folders.empty();
  const lock = await lockDataFolder(dataDir, 'http://localhost:1');
  await expect(lockDataFolder(dataDir, undefined)).rejects.toThrow(
    new RegExp(`in use by process ${process.pid} \\(http://localhost:1\\)`),
  );
  expect(isDataFolderHeld(dataDir)).toBe(true);
  expect(await spawnServer(dataDir).next()).toMatchObject({ event: 'refused', error: 'DataFolderHeld' });
  await lock.release();
  await (await lockDataFolder(dataDir, undefined)).release();
});

test('a note that is not legible is passed over', async () => {
  const dataDir = folders.empty();
  writeFileSync(join(dataDir, 'server.json'), '{"pid":');
  const lock = await lockDataFolder(dataDir, undefined);
  expect(lock.abandoned).toBeUndefined();
  await lock.release();
});
