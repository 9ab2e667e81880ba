import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { newContact } from '../../test/factories.ts';
import { newCustomer } from '../../test/suite.ts';
import { twoCompanies } from '../../test/world.ts';
import { quarters } from '../platform/images/fixtures/pictures.ts';
import { checkArchive } from './check-archive.ts';
import { entriesOf, type TarEntry, withJson, writeEntries } from './fixtures/archives.ts';
import { backUpTo, emptyPlace, restoreTo, SECRET, scratchFolder } from './fixtures/installations.ts';
import { withConnection } from './own-connection.ts';
import { requireKnown } from './require-known.ts';
import { restore } from './restore.ts';

const world = twoCompanies();
let whole: Buffer;
let entries: TarEntry[];

beforeAll(async () => {
  const { server, company } = world;
  const picture = (await quarters(20, 30).png().toBuffer()).toString('base64');
  await newCustomer(company, { photo: `data:image/png;base64,${picture}` });
  for (let count = 0; count < 20; count++) await newContact(company.admin);
  const folder = await mkdtemp(path.join(tmpdir(), 'headwater-test-backup-'));
  const file = path.join(folder, 'whole');
  await backUpTo(file, { ...server, secret: SECRET });
  whole = await readFile(file);
  entries = await entriesOf(file);
  await rm(folder, { recursive: true });
});

type Change = (entries: TarEntry[]) => TarEntry[];

const bytes = Buffer.from('more\n');
const isPart = (table: string) => (entry: TarEntry) => entry.name === `tables/${table}/000001`;
const without =
  (test: (entry: TarEntry) => boolean): Change =>
  (all) => {
    const left = all.filter((entry) => !test(entry));
    expect(left.length).toBe(all.length - 1);
    return left;
  };
const changed =
  (test: (entry: TarEntry) => boolean, change: (bytes: Buffer) => Buffer): Change =>
  (all) =>
    all.map((entry) => (test(entry) ? { ...entry, bytes: change(entry.bytes) } : entry));
/** Before the table contact's rows, or after all of them. */
const added =
  (entry: Omit<TarEntry, 'bytes'>, where: 'among the rows' | 'last' = 'among the rows'): Change =>
  (all) => {
    const at = where === 'last' ? all.length : all.findIndex(isPart('contact'));
    return all.toSpliced(at, 0, { bytes, ...entry });
  };
const inEnd =
  // biome-ignore lint/suspicious/noExplicitAny: a test changes what it likes
    (change: (end: any) => void): Change =>
    (all) =>
      withJson(all, 'end.json', change);
// biome-ignore lint/suspicious/noExplicitAny: as above
const tableIn = (end: any, name: string) => end.tables.find((table: any) => table.name === name);
const withoutFirstRow = (rows: Buffer) => rows.subarray(rows.indexOf(0x0a) + 1);
const FILE = 'files/companies/1/photos/01890000-0000-7000-8000-000000000000';

const DAMAGES: [what: string, change: Change, sentence: RegExp][] = [
  ['an end that is missing', without(({ name }) => name === 'end.json'), /cut off/],
  ['a table that is missing', without(isPart('contact')), /table contact is not in its place/],
  ['a secret that is missing', without(({ name }) => name === 'secret'), /the secret/],
  ['a photo that is missing', without(({ name }) => name.startsWith('files/')), /the file companies/],
  [
    'a beginning that is missing',
    without(({ name }) => name === 'headwater-backup.json'),
    /not in its place/,
  ],
  ['a row that is missing', changed(isPart('contact'), withoutFirstRow), /rows of the table contact/],
  ['a value that is another', changed(isPart('account'), () => bytes), /rows of the table account/],
  [
    'another secret',
    changed(
      ({ name }) => name === 'secret',
      () => bytes,
    ),
    /the secret/,
  ],
  [
    'another photo',
    changed(
      ({ name }) => name.startsWith('files/'),
      () => bytes,
    ),
    /the file companies/,
  ],
  [
    'a count that is wrong',
    inEnd((end) => tableIn(end, 'contact').digest.rows++),
    /rows of the table contact/,
  ],
  ['an end of another shape', inEnd((end) => delete end.sequences), /last entry/],
  ['an entry that no backup has', added({ name: 'notes.txt' }), /entry "notes.txt"/],
  ['a path out of the folder', added({ name: '../../outside' }), /entry "\.\.\/\.\.\/outside"/],
  ['an absolute path', added({ name: '/tmp/outside' }), /entry "\/tmp\/outside"/],
  [
    'a photo’s path out of the folder',
    added({ name: 'files/../../outside' }),
    /entry "files\/\.\.\/\.\.\/outside"/,
  ],
  ['a table’s path out of the folder', added({ name: 'tables/../secret' }), /entry "tables/],
  [
    'a link in the place of the secret',
    (all) => all.map((entry) => (entry.name === 'secret' ? { ...entry, type: 'symlink' as const } : entry)),
    /entry "secret"/,
  ],
  ['a photo among the rows', added({ name: FILE }), /not in its place/],
  ['one photo more', (all) => all.toSpliced(1, 0, { name: FILE, bytes }), /file was added/],
  ['a photo twice', (all) => all.toSpliced(1, 0, all[1]!), /twice/],
  [
    'a part more',
    (all) => all.toSpliced(all.findIndex(isPart('contact')) + 1, 0, { name: 'tables/contact/000002', bytes }),
    /rows of the table contact/,
  ],
  ['a part too late', added({ name: 'tables/contact/000003' }), /part 1 of the table contact is missing/],
  [
    'a table more',
    (all) => all.toSpliced(-1, 0, { name: 'tables/zzz/000001', bytes }),
    /table zzz was added/,
  ],
  ['something behind the end', added({ name: 'secret' }, 'last'), /not in its place/],
  ['a second end', (all) => [...all, all.at(-1)!], /not in its place/],
  [
    'tables in another order',
    (all) => [
      ...all.filter((entry) => !isPart('company')(entry)).toSpliced(-1, 0, all.find(isPart('company'))!),
    ],
    /not in its place/,
  ],
];

describe('an archive is refused with a sentence', () => {
  it.each(DAMAGES)('that has %s', async (_what, change, sentence) => {
    const file = path.join(await scratchFolder(), 'x');
    await writeEntries(file, change(entries));
    const refusal = await checkArchive(file).then(
      () => undefined,
      (error) => error,
    );
    expect(refusal).toMatchObject({
      constructor: Error,
      message: expect.stringMatching(/^The archive is damaged/),
    });
    expect(refusal.message).toMatch(sentence);
  });

  it('that was cut off anywhere', async () => {
    const file = path.join(await scratchFolder(), 'x');
    for (const length of [
      0,
      1,
      9,
      200,
      whole.length >> 1,
      whole.length - 600,
      whole.length - 9,
      whole.length - 1,
    ]) {
      await writeFile(file, whole.subarray(0, length));
      await expect(checkArchive(file), `${length} bytes`).rejects.toThrow(/^The archive is damaged/);
    }
  });

  it('in which a bit is another one', async () => {
    const file = path.join(await scratchFolder(), 'x');
    for (let step = 1; step < 24; step++) {
      const flipped = Buffer.from(whole);
      const at = Math.floor((whole.length * step) / 24);
      flipped[at]! ^= 1 << (step % 8);
      await writeFile(file, flipped);
      await expect(checkArchive(file), `byte ${at}`).rejects.toThrow(/^The archive is damaged/);
    }
  });

  it('that is none', async () => {
    const folder = await scratchFolder();
    const file = path.join(folder, 'x');
    await expect(checkArchive(file)).rejects.toThrow(/x cannot be read \(ENOENT/);
    await expect(checkArchive(folder)).rejects.toThrow(/EISDIR/);
    for (const text of ['', 'pg_dump', gzipSync('pg_dump'), gzipSync('x'.repeat(5000))]) {
      await writeFile(file, text);
      await expect(checkArchive(file)).rejects.toThrow(
        /^The archive is damaged, or is no backup of Headwater/,
      );
    }
  });

  it('that is of a newer Headwater, or of one that was changed', async () => {
    const file = path.join(await scratchFolder(), 'x');
    await writeEntries(
      file,
      withJson(entries, 'headwater-backup.json', (head) => head.format++),
    );
    await expect(checkArchive(file)).rejects.toThrow(/has the format 2, and this Headwater reads up to 1/);

    const digest = '0'.repeat(64);
    const future = inEnd((end) => end.migrations.push({ name: '9999_future.sql', digest }));
    await writeEntries(file, future(entries));
    await expect(requireKnown(await checkArchive(file))).rejects.toThrow(
      /newer Headwater .*9999_future\.sql/,
    );

    const edited = inEnd((end) => {
      end.migrations[0].digest = digest;
    });
    await writeEntries(file, edited(entries));
    await expect(requireKnown(await checkArchive(file))).rejects.toThrow(/0001_identity\.sql is not what/);
  });
});

describe('a restore', () => {
  it('keeps nothing where what was loaded is not what was checked', async () => {
    const folder = await scratchFolder();
    const file = path.join(folder, 'x');
    await writeFile(file, whole);
    const archive = await checkArchive(file);
    const place = await emptyPlace();
    const attempt = async (change: Change) => {
      await writeEntries(file, change(entries));
      return withConnection(place.database, undefined, (client) =>
        restore(file, archive, { ...place, client }),
      );
    };
    const reasons: [Change, RegExp][] = [
      [
        changed(isPart('contact_key'), withoutFirstRow),
        /contact_key came to \d+ rows .* nothing was restored/,
      ],
      [changed(isPart('contact'), withoutFirstRow), /violates foreign key/],
      [changed(isPart('contact'), () => bytes), /The table contact could not be loaded/],
      [without(({ name }) => name === 'end.json'), /cut off/],
      [
        changed(
          ({ name }) => name === 'secret',
          () => bytes,
        ),
        /the secret/,
      ],
      [
        changed(
          ({ name }) => name.startsWith('files/'),
          () => bytes,
        ),
        /the file companies/,
      ],
    ];
    for (const [change, sentence] of reasons) {
      const error = await attempt(change).catch((thrown) => thrown);
      expect(error).toMatchObject({ constructor: Error, message: expect.stringMatching(sentence) });
      expect(await place.sql("select from pg_class where relnamespace = 'public'::regnamespace")).toEqual([]);
      await expect(stat(place.secretFile)).rejects.toThrow('ENOENT');
      const kept = await readdir(place.dataDir, { recursive: true, withFileTypes: true });
      expect(kept.filter((entry) => entry.isFile())).toEqual([]);
    }
    // And after all that the right one is taken.
    await writeFile(file, whole);
    expect(await restoreTo(place, file)).toMatchObject({ contacts: 20, files: 1 });
  });

  it('overwrites nothing: rows, migrations, a secret or a photo that are there already', async () => {
    const folder = await scratchFolder();
    const file = path.join(folder, 'x');
    await writeFile(file, whole);
    const { server } = world;
    const secretFile = path.join(folder, 'secret');
    await expect(restoreTo({ ...server, secretFile }, file)).rejects.toThrow(
      /holds data already \(account, .*HEADWATER_DATA_DIR/,
    );

    const place = await emptyPlace();
    await writeFile(place.secretFile, 'another one');
    await expect(restoreTo(place, file)).rejects.toThrow(/holds another secret than the archive/);
    expect(await readFile(place.secretFile, 'utf8')).toBe('another one');
    await rm(place.secretFile);

    const key = entries[1]!.name.slice('files/'.length);
    await place.files.put(key, bytes, 'image/png');
    await expect(restoreTo(place, file)).rejects.toThrow(/is there already, and another/);
    expect(await place.files.read(key)).toEqual(bytes);
    await place.files.remove(key);

    await place.sql(
      'create table migration (name text primary key, digest text not null, applied_at timestamptz)',
    );
    await place.sql("insert into migration values ('9999_future.sql', '')");
    await expect(restoreTo(place, file)).rejects.toThrow(
      /migrated by what the archive does not have \(9999_future/,
    );
  });
});
