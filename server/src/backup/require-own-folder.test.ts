import { chown } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder } from './fixtures/installations.ts';
import { requireOwnFolder } from './require-own-folder.ts';

const ROOT = 0;

it('refuses root a data folder that belongs, or would be made in what belongs, to another user', async () => {
  const folder = await scratchFolder();
  if (process.getuid!() === ROOT) await chown(folder, 12_345, 12_345);
  await expect(requireOwnFolder(folder, ROOT)).rejects.toThrow(/belongs to user \d+\. Restore as that user/);
  await expect(requireOwnFolder(path.join(folder, 'a', 'b'), ROOT)).rejects.toThrow(`${folder} belongs to`);
});

it('lets root make one of its own, and everybody else find out by trying', async () => {
  const folder = await scratchFolder();
  await requireOwnFolder('/', ROOT);
  await requireOwnFolder('/not-there/data', ROOT);
  await requireOwnFolder(folder, 12_345);
});
