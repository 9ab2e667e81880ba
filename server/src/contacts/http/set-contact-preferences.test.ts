import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const info = (id: string) => contactPath(id, '/contactinfo');
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;

describe('POST /v1/contact/{contactId}/contactinfo', () => {
  knowsItsCallers(world, 'POST', async () => ({
    path: info(await contact()),
    body: { doNotContact: true },
  }));
  keepsCompaniesApart(world, 'POST', contact, info, { body: { doNotContact: true }, look: contactPath });

  it('200: answers the code alone; the contact says what was set', async () => {
    const id = await contact();
    expect((await read(id)).doNotContact).toBe(false);
    const { status, body } = await world.company.admin.post(info(id), { doNotContact: true });
    expect([status, body]).toEqual([200, { code: 200 }]);
    expect(await read(id)).toMatchObject({ doNotContact: true, version: 2 });
    await world.company.admin.post(info(id), { doNotContact: false });
    expect(await read(id)).toMatchObject({ doNotContact: false, version: 3 });
  });

  it('200: what is so already, or twice at once, is one change', async () => {
    const id = await contact();
    const answers = await Promise.all(
      [1, 2].map(() => world.company.admin.post(info(id), { doNotContact: true })),
    );
    expect(statusesOf(answers)).toEqual([200, 200]);
    expect((await read(id)).version).toBe(2);
  });

  it.each([[{}], [{ doNotContact: 'true' }], [{ doNotContact: 1 }], [{ doNotContact: null }]])(
    '400: %j',
    async (body) => {
      const answer = await world.company.admin.post(info(await contact()), body);
      expect([answer.status, answer.body.message.split(':')[0]]).toEqual([400, 'doNotContact']);
    },
  );

  it('403: a contact that the caller sees and may not change', async () => {
    const restricted = await world.company.user('restricted');
    const id = await contact({ assignedTo: restricted.id });
    expect((await restricted.post(info(id), { doNotContact: true })).status).toBe(403);
  });

  it('404: a contact that the caller does not see', async () => {
    const limited = await world.company.user('limited');
    expect((await limited.post(info(await contact()), { doNotContact: true })).status).toBe(404);
  });
});
