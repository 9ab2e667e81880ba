import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { externalContactPath, newContact, somePartnerId } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => {
  const id = somePartnerId();
  await newContact(world.company.admin, { integrations: { workday: { id } }, ...more });
  return id;
};

describe('GET /v1/contact/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: externalContactPath(await contact()) }));
  keepsCompaniesApart(world, 'GET', contact, externalContactPath);

  it.each(['brassring', 'greenhouse', 'jazz', 'successfactors', 'taleo', 'workday'])(
    '200: a contact by its id at %s',
    async (partner) => {
      const id = randomUUID();
      const made = await newContact(world.company.admin, { integrations: { [partner]: { id } } });
      const { status, body } = await world.company.admin.get(`/v1/contact/external/${partner}/${id}`);
      expect(status).toBe(200);
      expect(body).toEqual(made);
    },
  );

  it('200: one id at two partners is two contacts', async () => {
    const id = randomUUID();
    const one = await newContact(world.company.admin, { integrations: { jazz: { id } } });
    const two = await newContact(world.company.admin, { integrations: { taleo: { id } } });
    expect((await world.company.admin.get(`/v1/contact/external/jazz/${id}`)).body.id).toBe(one.id);
    expect((await world.company.admin.get(`/v1/contact/external/taleo/${id}`)).body.id).toBe(two.id);
  });

  it('200: an id with any characters, percent-encoded', async () => {
    const id = `a/b?c#d %41 ü ${randomUUID()}`;
    const made = await newContact(world.company.admin, { integrations: { workday: { id } } });
    expect((await world.company.admin.get(externalContactPath(id))).body.id).toBe(made.id);
  });

  it("200: one id is each company's own contact", async () => {
    const id = await contact();
    const there = await newContact(world.other.admin, { integrations: { workday: { id } } });
    expect((await world.other.admin.get(externalContactPath(id))).body.id).toBe(there.id);
    expect((await world.company.admin.get(externalContactPath(id))).body.id).not.toBe(there.id);
  });

  it('400: a partner that is none of the six, which are named', async () => {
    const { status, body } = await world.company.admin.get('/v1/contact/external/lever/1');
    expect(status).toBe(400);
    expect(body.message).toMatch(/^partnername: .*brassring.*workday/);
  });

  it('400: an id that no id can be', async () => {
    for (const id of ['x'.repeat(501), '%00']) {
      expect((await world.company.admin.get(`/v1/contact/external/workday/${id}`)).status).toBe(400);
    }
  });

  it('404: a contact that the caller does not see', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(externalContactPath(await contact()))).status).toBe(404);
  });

  it('404: an id that is no longer its', async () => {
    const id = await contact();
    const path = externalContactPath(id);
    await world.company.admin.patch(path, { integrations: { workday: { id: somePartnerId() } } });
    expect((await world.company.admin.get(path)).status).toBe(404);
  });
});
