import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newCustomer } from '../../test/suite.ts';
import { twoCompanies } from '../../test/world.ts';
import { quarters } from '../platform/images/fixtures/pictures.ts';
import { backUpTo, emptyPlace, restoreTo, scratchFolder } from './fixtures/installations.ts';

const world = twoCompanies();

it('has what was committed before it, and nothing half, whoever writes on', async () => {
  const { server, company } = world;
  const pairs: string[] = [];
  /** One row in a table that comes early, one in a table that comes late, together or not at all. */
  const writePair = async () => {
    const id = randomUUID();
    await server.sql(
      `with early as (
         insert into api_client (company_id, id, account_id, name, secret_hash) values ($1, $2, $3, 'pair', ''))
       insert into team (company_id, id, name) values ($1, $2, $2)`,
      [company.id, id, company.admin.id],
    );
    pairs.push(id);
  };
  await writePair();
  await writePair();
  const before = pairs.slice();
  let entries = 0;
  const file = path.join(await scratchFolder(), 'x');
  await backUpTo(file, server, (add) => async (entry, chunks) => {
    await add(entry, chunks);
    // The first entry is written before the snapshot is taken: from then on, a pair before every other one.
    if (entry.kind === 'part') await writePair();
    entries++;
  });
  expect(entries).toBeGreaterThan(8);
  expect(pairs.length).toBeGreaterThan(before.length + 5);

  const place = await emptyPlace();
  await restoreTo(place, file);
  const early = await place.sql<{ id: string }>("select id from api_client where name = 'pair'");
  const late = await place.sql<{ id: string }>('select id from team');
  expect(early.map(({ id }) => id).toSorted()).toEqual(before.toSorted());
  expect(late.map(({ id }) => id).toSorted()).toEqual(before.toSorted());
});

it('has the photo of every row, though photos come and go while it is made', async () => {
  const { server, company } = world;
  const picture = async (width: number) =>
    `data:image/png;base64,${(await quarters(width, 20).png().toBuffer()).toString('base64')}`;
  const kept = await newCustomer(company, { photo: await picture(10) });
  const replaced = await newCustomer(company, { photo: await picture(11) });
  const keys = async (sql: typeof server.sql) =>
    (await sql<{ key: string }>('select photo_key as key from customer where photo_key is not null')).map(
      ({ key }) => key,
    );
  const old = await keys(server.sql);
  let asked = 0;
  const files = {
    read: async (key: string) => {
      // All were there when the snapshot was taken. Now one of them is replaced, and its file goes.
      if (asked++ === 0) {
        const at = new URL(replaced.resource_uri).pathname;
        expect((await company.admin.patch(at, { photo: await picture(12) })).status).toBe(202);
        const now = await keys(server.sql);
        for (const gone of old.filter((one) => !now.includes(one))) await server.files.remove(gone);
      }
      return server.files.read(key);
    },
  };
  const file = path.join(await scratchFolder(), 'x');
  const end = await backUpTo(file, { database: server.database, files });
  const now = await keys(server.sql);
  expect(now.toSorted()).not.toEqual(old.toSorted());
  expect(end.missing).toBe(0);
  expect(end.files.filter(({ named }) => named).map(({ key }) => key)).toEqual(now.toSorted());

  const place = await emptyPlace();
  expect(await restoreTo(place, file)).toMatchObject({ files: now.length });
  expect((await keys(place.sql)).toSorted()).toEqual(now.toSorted());
  for (const key of now) expect(await place.files.read(key)).toEqual(await server.files.read(key));
  expect(kept.photo).not.toBe('');
});

it('goes on without a photo that was lost before, and says how many are missing', async () => {
  const { server, company } = world;
  await newCustomer(company, {
    photo: `data:image/png;base64,${(await quarters(9, 9).png().toBuffer()).toString('base64')}`,
  });
  const [row] = await server.sql<{ key: string }>(
    'select photo_key as key from customer where photo_key is not null order by number desc limit 1',
  );
  await server.files.remove(row!.key);
  const end = await backUpTo(path.join(await scratchFolder(), 'x'), server);
  expect(end.missing).toBe(1);
  expect(end.files.map(({ key }) => key)).not.toContain(row!.key);
});
