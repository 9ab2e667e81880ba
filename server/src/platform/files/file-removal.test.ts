import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { twoCompanies } from '../../../test/world.ts';
import { startBackground } from '../../background.ts';
import { enqueue } from '../jobs/outbox.ts';
import { newFileKey } from './file-key.ts';
import { FILE_REMOVAL_TOPIC } from './file-removal.ts';
import type { Files } from './files.ts';

const world = twoCompanies();

function background(files: Files): void {
  const started = startBackground({
    config: { smtpUrl: undefined, publicUrl: world.server.url },
    database: world.server.database,
    files,
    log: pino({ level: 'silent' }),
    timing: { poll: 20, retries: [0.02, 0.02] },
  });
  onTestFinished(() => started.stop());
}

const dropped = (key: string, fail = false) =>
  world.server.database.transaction(async (sql) => {
    enqueue({ sql, afterCommit: () => {} }, world.company.id, FILE_REMOVAL_TOPIC, { key });
    if (fail) throw new Error('rolled back');
  });
const ends = (key: string, status: string) =>
  vi.waitFor(async () => {
    const [row] = await world.server.sql<{ status: string; attempts: number; last_error: string | null }>(
      `select status, attempts, last_error from outbox where payload->>'key' = $1`,
      [key],
    );
    expect(row?.status).toBe(status);
    return row!;
  }, 15_000);

it('removes a file after the commit that dropped it, and no other', async () => {
  const { files } = world.server;
  const keys = [1, 2, 3].map(() => newFileKey(world.company.id, 'photos'));
  for (const key of keys) await files.put(key, Buffer.from('a'), 'image/png');
  await dropped(keys[1]!, true).catch(() => {});
  await dropped(keys[0]!);
  background(files);
  await ends(keys[0]!, 'done');
  expect(await Promise.all(keys.map(async (key) => (await files.read(key))?.toString()))).toEqual([
    undefined,
    'a',
    'a',
  ]);
});

it('is done where the file is gone already', async () => {
  const key = newFileKey(world.company.id, 'photos');
  await dropped(key);
  background(world.server.files);
  expect(await ends(key, 'done')).toMatchObject({ attempts: 1, last_error: null });
});

it('tries again while the store is away', async () => {
  const key = newFileKey(world.company.id, 'photos');
  await dropped(key);
  const remove = vi
    .fn(async (_key: string) => {})
    .mockRejectedValueOnce(Object.assign(new Error('the secret is x'), { code: 'ECONNREFUSED' }));
  background({ ...world.server.files, remove });
  expect(await ends(key, 'done')).toMatchObject({ attempts: 2 });
  expect(remove.mock.calls).toEqual([[key], [key]]);
});

it('gives up with a reason that says the kind alone', async () => {
  const key = newFileKey(world.company.id, 'photos');
  await dropped(key);
  const cause = Object.assign(new Error('the secret is x'), { name: 'AccessDenied' });
  background({
    ...world.server.files,
    remove: async () => {
      throw new Error(`cannot delete ${key}`, { cause });
    },
  });
  const { last_error } = await ends(key, 'dead');
  expect(last_error).toBe('the store of the files did not remove it: AccessDenied');
});

it('gives up at once where the key is none of ours', async () => {
  const key = '../../secret';
  await dropped(key);
  background(world.server.files);
  expect(await ends(key, 'dead')).toMatchObject({
    attempts: 1,
    last_error: 'the key is none of this server',
  });
});
