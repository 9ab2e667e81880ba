import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newFileKey } from './file-key.ts';
import { type Files, openFiles } from './files.ts';
import { ACCESS_KEY, type S3StandIn, SECRET, startS3 } from './fixtures/s3-stand-in.ts';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'headwater-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function inFolder(): Promise<Files & { dataDir: string }> {
  const dataDir = await dataFolder();
  return { ...openFiles({ dataDir, filesUrl: undefined }), dataDir };
}

async function inS3(): Promise<Files & { s3: S3StandIn }> {
  const s3 = await startS3();
  onTestFinished(() => s3.close());
  return { ...openFiles({ dataDir: '/nowhere', filesUrl: s3.url }), s3 };
}

describe.each([
  ['a folder', inFolder],
  ['S3', inS3],
])('files in %s', (_where, opened) => {
  it('are read as they were put', async () => {
    const files = await opened();
    const sizes = [1, 7, 8192, 3_000_000];
    const put = sizes.map((size) => ({
      key: newFileKey(7, 'photos'),
      bytes: randomBytes(size),
    }));
    await Promise.all(put.map(({ key, bytes }) => files.put(key, bytes, 'image/png')));
    for (const { key, bytes } of put) expect((await files.read(key))?.equals(bytes)).toBe(true);
  });

  it('are not there before they are put, nor once they are removed', async () => {
    const files = await opened();
    const key = newFileKey(7, 'photos');
    expect(await files.read(key)).toBeUndefined();
    await files.remove(key);
    await files.put(key, Buffer.from('a'), 'image/png');
    await files.remove(key);
    await files.remove(key);
    expect(await files.read(key)).toBeUndefined();
  });

  it('have keys of ours alone', async () => {
    const files = await opened();
    const [, , , id] = newFileKey(7, 'photos').split('/');
    const others = [
      '',
      'photo.png',
      `companies/7/photos/${id}/..`,
      `companies/7/photos/../../8/photos/${id}`,
      `companies/../photos/${id}`,
      `/companies/7/photos/${id}`,
      `companies/7/photos/${id}\n`,
      `companies/7/photos/${id?.toUpperCase()}`,
      `companies/07/photos/${id}`,
      `companies/7//${id}`,
      `companies\\7\\photos\\${id}`,
      'companies/7/photos/me.png',
    ];
    for (const key of others) {
      await expect(files.put(key, Buffer.from('a'), 'image/png')).rejects.toThrow('none of ours');
      await expect(files.read(key)).rejects.toThrow('none of ours');
      await expect(files.remove(key)).rejects.toThrow('none of ours');
    }
  });
});

describe('the folder', () => {
  it('is made with the first file, and is this server’s alone', async () => {
    const { dataDir, ...files } = await inFolder();
    expect(await readdir(dataDir)).toEqual([]);
    const key = newFileKey(7, 'photos');
    await files.put(key, Buffer.from('a'), 'image/png');
    const mode = async (name: string) =>
      ((await stat(path.join(dataDir, 'files', name))).mode & 0o777).toString(8);
    expect(await mode(key)).toBe('600');
    for (const folder of ['', 'companies', 'companies/7', 'companies/7/photos']) {
      expect(await mode(folder)).toBe('700');
    }
    expect(await readFile(path.join(dataDir, 'files', key), 'utf8')).toBe('a');
  });

  it('never shows half a file, and keeps nothing of what was not finished', async () => {
    const { dataDir, ...files } = await inFolder();
    const key = newFileKey(7, 'photos');
    const whole = [Buffer.alloc(4_000_000, 'a'), Buffer.alloc(5_000_000, 'b')];
    await files.put(key, whole[0]!, 'image/png');
    let writing = true;
    const written = (async () => {
      for (let round = 0; round < 10; round++) await files.put(key, whole[(round + 1) % 2]!, 'image/png');
      writing = false;
    })();
    let reads = 0;
    while (writing) {
      const seen = await files.read(key);
      expect(whole.some((one) => seen?.equals(one))).toBe(true);
      reads++;
    }
    await written;
    expect(reads).toBeGreaterThan(0);
    expect(await readdir(path.join(dataDir, 'files', path.dirname(key)))).toEqual([path.basename(key)]);
    await expect(files.put(key, { length: 1 } as Buffer, 'image/png')).rejects.toThrow();
    expect(await readdir(path.join(dataDir, 'files', path.dirname(key)))).toEqual([path.basename(key)]);
  });
});

describe('S3', () => {
  it('gets the bytes as they are, with their type, by signed requests', async () => {
    const { s3, ...files } = await inS3();
    const key = newFileKey(7, 'photos');
    await files.put(key, Buffer.from('a photo'), 'image/webp');
    expect(s3.objects.get(key)).toEqual({ bytes: Buffer.from('a photo'), type: 'image/webp' });
    await files.read(key);
    await files.remove(key);
    expect(s3.asked).toEqual([`PUT /crm-files/${key}`, `GET /crm-files/${key}`, `DELETE /crm-files/${key}`]);
  });

  it('503: is away like a database is, and is asked again when it is back', async () => {
    const { s3, ...files } = await inS3();
    const key = newFileKey(7, 'photos');
    await files.put(key, Buffer.from('a'), 'image/png');
    const away = { status: 503, retryAfter: 5, message: expect.stringContaining('is away') };
    s3.fails = 500;
    await expect(files.read(key)).rejects.toMatchObject(away);
    s3.fails = undefined;
    await s3.close();
    await expect(files.read(key)).rejects.toMatchObject(away);
    await expect(files.put(key, Buffer.from('b'), 'image/png')).rejects.toMatchObject(away);
    await expect(files.remove(key)).rejects.toMatchObject(away);
    const back = await startS3({ port: s3.port });
    onTestFinished(() => back.close());
    await files.put(key, Buffer.from('b'), 'image/png');
    expect((await files.read(key))?.toString()).toBe('b');
  });

  it('a bucket or a key that is wrong is a fault, not a missing file, and shows no secret', async () => {
    const s3 = await startS3();
    onTestFinished(() => s3.close());
    const key = newFileKey(7, 'photos');
    const wrong = [s3.url.replace('crm-files', 'other-files'), s3.url.replace('AKIA', 'AKIB')];
    for (const filesUrl of wrong) {
      const files = openFiles({ dataDir: '/nowhere', filesUrl });
      const error: Error = await files.read(key).then(
        () => new Error('was read'),
        (reason) => reason,
      );
      expect(error.message).toContain('Cannot read file');
      const said = `${error.message} ${error.stack} ${(error.cause as Error).message}`;
      for (const secret of [SECRET, encodeURIComponent(SECRET), ACCESS_KEY])
        expect(said).not.toContain(secret);
    }
  });
});

it('nothing is loaded for files that no one asks for, nor S3’s client for a folder', async () => {
  const loaded = async (then: string) => {
    const script = `
      const { openFiles } = await import(${JSON.stringify(import.meta.resolve('./files.ts'))});
      const { registerHooks } = await import('node:module');
      const names = new Set();
      registerHooks({ resolve(name, context, next) { names.add(name); return next(name, context); } });
      const files = openFiles({ dataDir: process.argv[1], filesUrl: undefined });
      ${then}
      process.stdout.write(JSON.stringify([...names]));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      '--input-type=module',
      '--eval',
      script,
      await dataFolder(),
    ]);
    return JSON.parse(stdout) as string[];
  };
  expect(await loaded('')).toEqual([]);
  const names = await loaded(`await files.read('${newFileKey(7, 'photos')}');`);
  expect(names).toContain('flydrive/drivers/fs');
  expect(names.filter((name) => /aws|s3/.test(name))).toEqual([]);
});
