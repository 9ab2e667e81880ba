import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newCustomField } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';
import { spellers } from '../../spellers.ts';
import { recomposeContacts } from '../recompose-contacts.ts';

const world = twoCompanies();
const definition = (id: string) => `/v1/contact/customfields/${id}`;

/** A contact with a value that recruiters alone see, and one that all see; no job runs in these tests by itself. */
async function veiled() {
  const { admin } = world.company;
  const [open, secret] = await Promise.all([
    newCustomField(world.company, { type: 'text' }),
    newCustomField(world.company, { type: 'text', visibleTo: ['recruiter_team_member'] }),
  ]);
  const made = await newContact(admin, {
    customFields: [
      { id: open.id, value: 'seen' },
      { id: secret.id, value: 'hidden' },
    ],
  });
  const [blind, sighted] = await Promise.all([
    world.company.user('team_member'),
    world.company.user('recruiter_team_member'),
  ]);
  return { open: open.id, secret: secret.id, made, blind, sighted, path: contactPath(made.id) };
}

const idsOf = (body: { customFields: { id: string }[] }) => body.customFields.map(({ id }) => id);
const goneRows = (id: string) =>
  world.server.sql('select visible_to from contact_custom_field_gone where id = $1', [id]);

describe('a custom field that some roles alone see', () => {
  it('stays hidden in every answer after it was deleted, before and after its job', async () => {
    const { open, secret, made, blind, sighted, path } = await veiled();
    expect((await world.company.admin.delete(definition(secret))).status).toBe(200);
    expect(await goneRows(secret)).toEqual([{ visible_to: ['recruiter_team_member'] }]);

    const list = `/v1/contacts?email=${made.primaryEmail}`;
    expect(idsOf((await blind.get(path)).body)).toEqual([open]);
    expect(idsOf((await blind.get(list)).body.contacts[0])).toEqual([open]);
    const written = [
      await blind.patch(path, { customFields: [{ id: open, value: 'changed' }] }),
      await blind.patch(path, { lastName: 'Murray' }),
      await blind.post('/v1/contact', { emails: made.emails, skills: ['COBOL'] }),
      await blind.post(`${path}/archive`),
      await blind.post(`${path}/unarchive`),
    ];
    for (const { status, body } of written) expect([status, idsOf(body)]).toEqual([200, [open]]);
    expect(idsOf((await sighted.get(path)).body)).toContain(secret);
    expect(idsOf((await world.company.admin.get(list)).body.contacts[0])).toContain(secret);

    for (let time = 0; time < 2; time++) {
      await recomposeContacts(world.server.database, spellers, world.company.id, secret);
      expect(await goneRows(secret)).toEqual([]);
      expect(idsOf((await world.company.admin.get(path)).body)).toEqual([open]);
    }
    expect(await world.server.sql('select refs from contact where id = $1', [made.id])).toEqual([
      { refs: [open] },
    ]);
  });

  it('stays hidden while a contact carries it that an earlier job has passed by', async () => {
    const { secret, made, blind, open, path } = await veiled();
    const rewriting = await newContact(world.company.admin, { customFields: [{ id: secret, value: 'x' }] });
    const { database } = world.server;
    // The earlier job has rewritten the first contact and waits for the second one.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let transactions = 0;
    const earlier = recomposeContacts(
      {
        ...database,
        transaction: async (work, ...more) => {
          if (++transactions === 2) await held;
          return database.transaction(work, ...more);
        },
      },
      spellers,
      world.company.id,
      secret,
    );
    await expect.poll(() => transactions).toBe(2);
    await world.company.admin.delete(definition(secret));
    release();
    await earlier;
    expect(idsOf((await blind.get(path)).body)).toEqual([open]);
    expect(await goneRows(secret)).toHaveLength(1);
    await recomposeContacts(database, spellers, world.company.id, secret);
    expect(await goneRows(secret)).toEqual([]);
    for (const { id } of [made, rewriting]) {
      expect(idsOf((await world.company.admin.get(contactPath(id))).body)).not.toContain(secret);
    }
  });

  it('is forgotten by its own company alone', async () => {
    const { secret } = await veiled();
    await world.company.admin.delete(definition(secret));
    await recomposeContacts(world.server.database, spellers, world.other.id, secret);
    expect(await goneRows(secret)).toHaveLength(1);
  });

  it('leaves no trace where it was for everyone', async () => {
    const { id } = await newCustomField(world.company, { type: 'text' });
    await world.company.admin.delete(definition(id));
    expect(await goneRows(id)).toEqual([]);
  });

  it('is shown and hidden at once as its roles change', async () => {
    const { open, secret, made, blind, sighted, path } = await veiled();
    const { admin } = world.company;
    const list = `/v1/contacts?email=${made.primaryEmail}`;
    const seenBy = async (reader: typeof blind) => {
      const [one, many] = await Promise.all([reader.get(path), reader.get(list)]);
      expect(idsOf(one.body)).toEqual(idsOf(many.body.contacts[0]));
      return idsOf(one.body);
    };
    expect((await admin.patch(definition(secret), { visibleTo: [] })).status).toBe(200);
    expect(await seenBy(blind)).toEqual([open, secret]);
    await admin.patch(definition(secret), { visibleTo: ['admin'] });
    expect(await seenBy(blind)).toEqual([open]);
    expect(await seenBy(sighted)).toEqual([open]);
    await admin.patch(definition(secret), { visibleTo: ['team_member'] });
    expect(await seenBy(blind)).toEqual([open, secret]);
  });
});
