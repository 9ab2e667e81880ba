import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact, newTeam, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const sharing = (id: string) => contactPath(id, '/confidentiality');
const unshare = (id: string) => world.company.admin.delete(sharing(id));

describe('DELETE /v1/contact/{contactId}/confidentiality', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: sharing(await contact()) }));
  keepsCompaniesApart(world, 'DELETE', contact, sharing, { look: contactPath });

  it('200: no shares any more, and still confidential', async () => {
    const [named, teammate, confidential] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('team_member'),
      world.company.user('recruiter_confidential'),
    ]);
    const team = await newTeam(world.company, [teammate]);
    const id = await contact({ confidentiality: { shares: { users: [named.id], teams: [team.id] } } });
    const { status, body } = await unshare(id);
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    const seen = await Promise.all([named, teammate, confidential].map((one) => one.get(contactPath(id))));
    expect(seen.map((answer) => answer.status)).toEqual([404, 404, 200]);
    expect(seen[2]!.body).toMatchObject({
      confidential: true,
      confidentiality: { mode: 'all-confidentials', shares: { teams: [], users: [] } },
    });
  });

  it('200: again, and two at once, is no further change', async () => {
    const id = await contact({ confidentiality: { shares: { users: [world.company.admin.id] } } });
    expect(statusesOf(await Promise.all([unshare(id), unshare(id)]))).toEqual([200, 200]);
    await unshare(id);
    expect((await world.company.admin.get(contactPath(id))).body.version).toBe(2);
  });

  it('200: what was never confidential does not become so', async () => {
    const before = await newContact(world.company.admin);
    expect((await unshare(before.id)).status).toBe(200);
    expect((await world.company.admin.get(contactPath(before.id))).body).toEqual(before);
  });

  it('400: an id that no id can be', async () => {
    expect((await unshare('x'.repeat(101))).status).toBe(400);
  });

  it('403: for whoever sees it and has it neither assigned nor sourced', async () => {
    const member = await world.company.user('team_member');
    const id = await contact({ confidentiality: { shares: { users: [member.id] } } });
    expect((await member.delete(sharing(id))).status).toBe(403);
  });

  it('404: a contact that the caller does not see', async () => {
    const member = await world.company.user('team_member');
    const id = await contact({ confidentiality: { shares: { users: [] } }, assignedTo: member.id });
    expect((await member.delete(sharing(id))).status).toBe(404);
  });
});
