import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, essence, newContact, newNote } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => contactPath(id, '/notes');
const contact = async (more: object = {}): Promise<string> =>
  (await newContact(world.company.admin, more)).id;
const annotated = async () => {
  const id = await contact();
  await newNote(world.company.admin, id);
  return id;
};
const idsOf = (notes: { id: string }[]) => notes.map(({ id }) => id);

describe('GET /v1/contact/{contactid}/notes', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await annotated()) }));
  keepsCompaniesApart(world, 'GET', annotated, path);

  it('200: what creating them answered, the latest date first, what is pinned on top', async () => {
    const { admin } = world.company;
    const id = await contact();
    const old = await newNote(admin, id, { date: '2020-01-01' });
    const pinned = await newNote(admin, id, { date: '2099-01-01' });
    const plain = await newNote(admin, id);
    await newNote(admin, await contact());
    const { status, body } = await admin.get(path(id));
    expect([status, body]).toEqual([200, { metadata: { totalCount: 3 }, notes: [pinned, plain, old] }]);
    expect((await admin.get(path(id.toUpperCase()))).body).toEqual(body);
  });

  it('200: pages that adjoin hold each note once, those of one date the latest id first', async () => {
    const { admin } = world.company;
    const id = await contact();
    const same = await Promise.all(
      Array.from({ length: 5 }, async () => (await newNote(admin, id, { date: '2026-01-01' })).id as string),
    );
    const later = await newNote(admin, id, { date: '2026-01-02' });
    const walked = [];
    for (let skip = 0; skip < 8; skip += 2) {
      const { body } = await admin.get(`${path(id)}?limit=2&skip=${skip}`);
      expect(body.metadata.totalCount).toBe(6);
      walked.push(...idsOf(body.notes));
    }
    expect(walked).toEqual([later.id, ...same.toSorted().toReversed()]);
  });

  it('200: a contact without notes has none', async () => {
    expect((await world.company.admin.get(path(await contact()))).body).toEqual({
      metadata: { totalCount: 0 },
      notes: [],
    });
  });

  it('200: 50 unless asked otherwise, 200 at most; none is an answer too', async () => {
    const { admin } = world.company;
    const id = await contact();
    await world.server.sql(
      `insert into note (company_id, id, contact_id, text, date)
       select $1, gen_random_uuid(), $2, 'x', now() from generate_series(1, 201)`,
      [world.company.id, id],
    );
    const lengthOf = async (query: string) => {
      const { status, body } = await admin.get(`${path(id)}${query}`);
      return [status, body.notes.length, body.metadata.totalCount];
    };
    expect(await lengthOf('')).toEqual([200, 50, 201]);
    expect(await lengthOf('?limit=200')).toEqual([200, 200, 201]);
    expect(await lengthOf('?limit=0')).toEqual([200, 0, 201]);
    expect(await lengthOf('?skip=200&limit=10')).toEqual([200, 1, 201]);
    expect(await lengthOf('?skip=1000000')).toEqual([200, 0, 201]);
  });

  it('200: an archived contact’s', async () => {
    const id = await annotated();
    await world.company.admin.post(contactPath(id, '/archive'));
    expect((await world.company.admin.get(path(id))).body.metadata.totalCount).toBe(1);
  });

  it.each([
    ['limit=201', /^limit: must be <= 200$/],
    ['limit=-1', /^limit: must be >= 0$/],
    ['limit=1.5', /^limit: must be an integer$/],
    ['skip=-1', /^skip: must be >= 0$/],
    ['skip=1000001', /^skip: must be <= 1000000$/],
  ])('400: %s', async (query, message) => {
    const { status, body } = await world.company.admin.get(`${path(await contact())}?${query}`);
    expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.get(path('x'.repeat(101)))).status).toBe(400);
  });

  it('200 or 404: just as the reader sees the contact', async () => {
    const { company } = world;
    const [member, limited, restricted] = await Promise.all([
      company.user('team_member'),
      company.user('limited'),
      company.user('restricted'),
    ]);
    const readers = [company.admin, member, limited, restricted];
    const shares = { users: [limited.id], teams: [] };
    const contacts = await Promise.all([
      contact(),
      contact({ confidential: true }),
      contact({ confidentiality: { shares } }),
      contact({ assignedTo: limited.id }),
      contact({ sourcedBy: restricted.id }),
      contact({ assignedTo: limited.id, confidentiality: { shares } }),
    ]);
    const seen = await Promise.all(
      contacts.map(async (id) => {
        await newNote(company.admin, id);
        const answers = await Promise.all(readers.map((reader) => reader.get(path(id))));
        return answers.map(({ status, body }) => (status === 200 ? body.notes.length : status));
      }),
    );
    expect(seen).toEqual([
      [1, 1, 404, 404],
      [1, 404, 404, 404],
      [1, 404, 404, 404],
      [1, 1, 1, 404],
      [1, 1, 404, 1],
      [1, 404, 1, 404],
    ]);
  });

  it('404: an unseen contact, like an id that never was', async () => {
    const limited = await world.company.user('limited');
    const hidden = await limited.get(path(await annotated()));
    expect(hidden.status).toBe(404);
    expect(essence(hidden)).toEqual(essence(await limited.get(path(randomUUID()))));
  });

  it('is one round trip', async () => {
    const id = await annotated();
    const cost = countRoundTrips(world.server.database);
    const { roundTrips, transactions } = await cost(() => world.company.admin.get(path(id)));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });
});
