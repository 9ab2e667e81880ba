import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCluster } from './cluster.ts';
import { dataFolders, silent } from './fixtures/data-folders.ts';

const folders = dataFolders();
let initialised: string;
beforeAll(async () => {
  initialised = await folders.initialised();
});
afterAll(() => folders.remove());

const isRoot = process.getuid?.() === 0;

test('a cluster of another major version is refused with the way out, and left alone', async () => {
  const version = join(initialised, 'postgres', 'PG_VERSION');
  writeFileSync(version, '17\n');
  await expect(startCluster({ dataDir: initialised, log: silent })).rejects.toThrow(
    /was made by PostgreSQL 17, .* brings PostgreSQL 18, which cannot read it\. .*backup <file>.*restore.*set DATABASE_URL/,
  );
  writeFileSync(version, '18\n');
  await (await startCluster({ dataDir: initialised, log: silent })).stop();
});

test('a folder that holds something else is refused, and left alone', async () => {
  const dataDir = folders.empty();
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres', 'diary.txt'), 'dear diary');
  if (isRoot) chownSync(join(dataDir, 'postgres'), 65534, 65534);
  await expect(startCluster({ dataDir, log: silent })).rejects.toThrow(
    /is not empty and holds no PostgreSQL/,
  );
  expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['diary.txt']);
});

test('a copy that lost its narrow mode gets it back', async () => {
  chmodSync(join(initialised, 'postgres'), 0o755);
  await (await startCluster({ dataDir: initialised, log: silent })).stop();
  expect(statSync(join(initialised, 'postgres')).mode & 0o777).toBe(0o700);
});

test.runIf(isRoot)('a copy that lost its owner is refused with the command that mends it', async () => {
  const cluster = join(initialised, 'postgres');
  const { uid, gid } = statSync(cluster);
  chownSync(cluster, 0, 0);
  await expect(startCluster({ dataDir: initialised, log: silent })).rejects.toThrow(
    `Run: chown -R ${uid}:${gid} '${cluster}'`,
  );
});
