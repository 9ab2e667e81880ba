import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  newContact,
  newCustomField,
  newEvent,
  newEventField,
  newNote,
  newPool,
  newTeam,
  newVacancy,
  placed,
} from '../../test/factories.ts';
import type { TestServer } from '../../test/harness.ts';
import { newCustomer } from '../../test/suite.ts';
import { twoCompanies } from '../../test/world.ts';
import { migrate, migrateWithin, migrationDigests, migrationState } from '../platform/db/migrate.ts';
import { quarters } from '../platform/images/fixtures/pictures.ts';
import { entriesOf } from './fixtures/archives.ts';
import { backUpTo, emptyPlace, restoreTo, SECRET, scratchFolder } from './fixtures/installations.ts';

const world = twoCompanies();
const ODD = [
  '\\N',
  '\\.',
  'a\tb\nc\r\nd',
  '\\t\\',
  '"quoted", {braced}',
  '👩🏽‍💻 Ẑ',
  "o'clock; --",
  '',
  'NULL',
  '\u2028\u0001',
];

type Looked = Pick<TestServer, 'sql'>;

/** Every table's rows, counted and digested by PostgreSQL's own means. */
async function contentOf({ sql }: Looked): Promise<Record<string, { rows: number; md5: string }>> {
  const tables = await sql<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p' order by 1`,
  );
  const content: Record<string, { rows: number; md5: string }> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ rows: number; md5: string }>(
      `select count(*)::int as rows, coalesce(md5(string_agg(t::text, e'\\n' order by t::text collate "C")), '') as md5
       from public."${name}" t`,
    );
    content[name] = row!;
  }
  return content;
}

/** What the tables are, in PostgreSQL's words. */
const schemaOf = ({ sql }: Looked) =>
  sql(`
    select conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace
    union all select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    from pg_index i join pg_class c on c.oid = i.indexrelid where c.relnamespace = 'public'::regnamespace
    union all select attrelid::regclass::text, attname, concat(format_type(atttypid, atttypmod), attidentity, attgenerated, attnotnull)
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and attnum > 0 and not attisdropped
    order by 1, 2, 3`);

/** A company in which every kind of record has texts that a careless copy would spoil. */
async function fill(): Promise<void> {
  const { company, server } = world;
  const picture = `data:image/png;base64,${(await quarters(20, 30).png().toBuffer()).toString('base64')}`;
  for (const odd of ODD) {
    const contact = await newContact(company.admin, {
      fullName: `Grace ${odd} Hopper`,
      skills: [odd || 'none', 'b'],
      links: [`https://example.org/${encodeURIComponent(odd)}`],
    });
    await newNote(company.admin, contact.id, { text: `x${odd}` });
    await newEvent(company, { name: `Event ${odd}`, description: odd, location: { city: `At ${odd}` } });
    const vacancy = await newVacancy(company, { title: `Vacancy ${odd}` });
    await placed(company.admin, vacancy, contact.id);
  }
  await newCustomer(company, { photo: picture, first_name: ODD[2] });
  await newTeam(company, [company.admin]);
  await newPool(company.admin, { description: ODD[3] });
  await newCustomField(company, { type: 'singleSelect', options: [{ label: ODD[4] }] });
  await newEventField(company);
  // More than one part of the archive, in rows of all lengths: they must keep their order.
  await server.sql(
    `insert into outbox (company_id, id, topic, payload, status, last_error)
     select $1, gen_random_uuid(), 'long', to_jsonb(repeat(md5(g::text), g * 7919 % 320)), 'dead',
       (select string_agg(md5((g * k)::text), '') from generate_series(1, g * 31 % 55) k)
     from generate_series(1, 2000) g`,
    [company.id],
  );
  // What no request writes, or not just so.
  await server.sql(
    `insert into audit_entry (company_id, id, action, subject_kind, subject_id, fields, request_id)
     values ($1, gen_random_uuid(), '', 'odd', $2, $3, gen_random_uuid()), ($1, gen_random_uuid(), $2, '', '', '{}', gen_random_uuid())`,
    [company.id, ODD[2], ODD],
  );
  await server.sql(
    `insert into outbox (company_id, id, topic, payload, status, last_error, due_at)
     values ($1, gen_random_uuid(), 'odd', $2, 'dead', null, '-infinity'), ($1, gen_random_uuid(), 'odd', 'null', 'dead', '', 'infinity')`,
    [company.id, JSON.stringify({ odd: ODD.filter((text) => text) })],
  );
  await server.sql(
    "insert into sign_in_attempt (email_digest, failures, blocked_until) values ($1, 1, 'infinity'), ('', 2, '0044-03-15 12:00 BC')",
    [Buffer.concat([Buffer.from([0, 10, 92, 255]), randomBytes(60)])],
  );
}

beforeAll(fill);

describe('a backup that is restored', () => {
  it('has the same rows, files, secret and schema, and goes on counting where it was', async () => {
    const { server, company } = world;
    const file = path.join(await scratchFolder(), 'all.tar.gz');
    const end = await backUpTo(file, { ...server, secret: SECRET });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const parts = (await entriesOf(file)).filter(({ name }) => name.startsWith('tables/outbox/'));
    expect(parts.length).toBe(2);

    const place = await emptyPlace();
    const restored = await restoreTo(place, file);
    const before = await contentOf(server);
    expect(await contentOf(place)).toEqual(before);
    const rows = Object.values(before).reduce((sum, table) => sum + table.rows, 0);
    expect(restored).toEqual({
      companies: 2,
      contacts: ODD.length,
      tables: Object.keys(before).length,
      rows,
      files: 1,
      leftOut: [],
    });
    expect(Object.fromEntries(end.tables.map(({ name, digest }) => [name, digest.rows]))).toEqual(
      Object.fromEntries(Object.entries(before).map(([name, table]) => [name, table.rows])),
    );
    expect(await schemaOf(place)).toEqual(await schemaOf(server));

    // And PostgreSQL writes it as it was written before.
    expect(await backUpTo(path.join(place.dataDir, 'again'), { ...place, secret: SECRET })).toEqual(end);

    const [photo] = await place.sql<{ key: string }>(
      'select photo_key as key from customer where photo_key is not null',
    );
    expect(await place.files.read(photo!.key)).toEqual(await server.files.read(photo!.key));
    const photoFile = await stat(path.join(place.dataDir, 'files', photo!.key));
    expect(photoFile.mode & 0o777).toBe(0o600);
    expect(await readFile(place.secretFile)).toEqual(SECRET);
    expect((await stat(place.secretFile)).mode & 0o777).toBe(0o600);
    // The same secret and files may be there already: an earlier attempt's, or the trial's that moves.
    const { database } = await emptyPlace();
    expect(await restoreTo({ ...place, database }, file)).toEqual(restored);
    expect(await readFile(place.secretFile)).toEqual(SECRET);

    const insert = "insert into company (identifier, name) values ('the-next', 'x') returning id";
    const [next] = await place.sql<{ id: number }>(insert);
    expect(next!.id).toBeGreaterThan(Math.max(company.id, world.other.id));
    const client = await place.database.connect();
    expect(await migrate(client).finally(() => client.end())).toEqual([]);
  });

  it('leaves out what is unlogged: it may be forgotten', async () => {
    const { server } = world;
    const unlogged = await server.sql<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relpersistence = 'u'",
    );
    expect(unlogged.length).toBeGreaterThan(0);
    const { tables } = await backUpTo(path.join(await scratchFolder(), 'x'), server);
    const names = new Set(tables.map(({ name }) => name));
    expect(unlogged.filter(({ name }) => names.has(name))).toEqual([]);
    expect(names.has('contact')).toBe(true);
  });

  it('goes into a database that was migrated and not used, without tables that no migration made', async () => {
    const { server } = world;
    await server.sql('create table kept_by_hand (id int primary key, company_id int references company)');
    await server.sql('insert into kept_by_hand select 1, min(id) from company');
    const file = path.join(await scratchFolder(), 'x');
    await backUpTo(file, { ...server, secret: SECRET }).finally(() => server.sql('drop table kept_by_hand'));
    const place = await emptyPlace();
    const client = await place.database.connect();
    await migrate(client).finally(() => client.end());
    // The settings hold a secret: then none is put.
    const restored = await restoreTo({ ...place, secretFile: undefined }, file);
    expect(restored.leftOut).toEqual(['kept_by_hand']);
    expect(await contentOf(place)).toEqual(await contentOf(server));
    await expect(stat(place.secretFile)).rejects.toThrow('ENOENT');
  });

  it('of an older Headwater is restored as it was, and the next start migrates it', async () => {
    const names = [...(await migrationDigests()).keys()];
    const old = await emptyPlace();
    const before = await old.database.connect();
    await before.query('begin');
    await migrateWithin(before, names.slice(0, 4));
    await before.query("insert into company (identifier, name) values ('old', 'Old')");
    await before.query(
      "insert into account (company_id, id, email) values (1, gen_random_uuid(), 'a@old.example')",
    );
    await before.query(
      "insert into customer (company_id, account_id, account_type) select 1, id, 'owner' from account",
    );
    await before.query('commit');
    await before.end();

    const file = path.join(await scratchFolder(), 'old');
    await backUpTo(file, old);
    const place = await emptyPlace();
    await restoreTo(place, file);
    expect(await contentOf(place)).toEqual(await contentOf(old));
    const after = await place.database.connect();
    expect((await migrationState(after)).pending).toEqual(names.slice(4));
    expect(await migrate(after).finally(() => after.end())).toEqual(names.slice(4));
    expect(await place.sql('select number, username from customer')).toEqual([
      { number: 1, username: 'a@old.example' },
    ]);
  });

  it('has no photos where they are in S3, and says how many stay there', async () => {
    const { database } = world.server;
    const end = await backUpTo(path.join(await scratchFolder(), 'x'), { database, files: undefined });
    expect(end).toMatchObject({ files: [], elsewhere: 1, missing: 0, secret: null });
  });
});

describe('a backup', () => {
  it('replaces no file, and leaves none behind when it fails', async () => {
    const { database } = world.server;
    const folder = await scratchFolder();
    const file = path.join(folder, 'there');
    await writeFile(file, 'of somebody');
    await expect(backUpTo(file, { database, files: undefined })).rejects.toThrow(/there is there already/);
    expect(await readFile(file, 'utf8')).toBe('of somebody');

    const failing = { read: () => Promise.reject(new Error('the disk is broken')) };
    await expect(backUpTo(path.join(folder, 'new'), { database, files: failing })).rejects.toThrow(
      'the disk is broken',
    );
    expect(await readdir(folder)).toEqual(['there']);
  });

  it('refuses a database that it could not restore', async () => {
    const folder = await scratchFolder();
    const nothing = await emptyPlace();
    await expect(backUpTo(path.join(folder, 'x'), nothing)).rejects.toThrow(/holds nothing of Headwater/);
    const { server } = world;
    await server.sql("insert into migration (name, digest) values ('9999_future.sql', '')");
    const newer = backUpTo(path.join(folder, 'x'), server).finally(() =>
      server.sql("delete from migration where name = '9999_future.sql'"),
    );
    await expect(newer).rejects.toThrow(/newer Headwater \(9999_future\.sql\)/);
  });
});
