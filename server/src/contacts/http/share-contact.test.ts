import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, contactPath, newContact, newTeam, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const sharing = (id: string) => contactPath(id, '/confidentiality');
const sharesOnly = (shares: object) => ({ mode: 'shares-only', shares });
const share = (id: string, body: unknown) => world.company.admin.put(sharing(id), body);

describe('PUT /v1/contact/{contactId}/confidentiality', () => {
  knowsItsCallers(world, 'PUT', async () => ({
    path: sharing(await contact()),
    body: sharesOnly({ users: [world.company.admin.id] }),
  }));
  keepsCompaniesApart(world, 'PUT', contact, sharing, {
    body: sharesOnly({ users: [], teams: [] }),
    look: contactPath,
  });

  it('200: answers the shares; the contact is confidential and for those named alone', async () => {
    const [named, teammate, stranger, confidential] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('team_member'),
      world.company.user('admin'),
      world.company.user('confidential'),
    ]);
    const team = await newTeam(world.company, [teammate]);
    const id = await contact();
    const shares = { users: [named.id], teams: [team.id] };
    const { status, body } = await share(id, sharesOnly(shares));
    expect([status, body]).toEqual([200, sharesOnly(shares)]);
    const readers = [world.company.admin, named, teammate, stranger, confidential];
    const seen = await Promise.all(readers.map((reader) => reader.get(contactPath(id))));
    expect(seen.map((answer) => answer.status)).toEqual([200, 200, 200, 404, 404]);
    expect(seen[0]!.body).toMatchObject({
      confidential: true,
      confidentiality: sharesOnly(shares),
      version: 2,
    });
    expect(await auditTrail(world.server, id)).toEqual(['contact.create', 'contact.update']);
  });

  it('200: who joins or leaves a team sees or loses what is shared with it', async () => {
    const [member, joiner] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('team_member'),
    ]);
    const team = await newTeam(world.company, [member]);
    const id = await contact();
    await share(id, sharesOnly({ teams: [team.id] }));
    expect((await joiner.get(contactPath(id))).status).toBe(404);
    await world.company.admin.patch(`/v1/teams/${team.id}`, { members: [joiner.id] });
    expect((await joiner.get(contactPath(id))).status).toBe(200);
    expect((await member.get(contactPath(id))).status).toBe(404);
  });

  it('200: whoever has it assigned or sourced may share it, even away from itself', async () => {
    const [assignee, sourcer] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('limited'),
    ]);
    const first = await contact({ assignedTo: assignee.id });
    const away = sharesOnly({ users: [world.company.admin.id] });
    expect((await assignee.put(sharing(first), away)).status).toBe(200);
    expect((await assignee.get(contactPath(first))).status).toBe(404);
    const second = await contact({ sourcedBy: sourcer.id });
    const kept = sharesOnly({ users: [sourcer.id] });
    expect((await sourcer.put(sharing(second), kept)).status).toBe(200);
    expect((await sourcer.get(contactPath(second))).status).toBe(200);
  });

  it('200: the shares are replaced whole, and once more the same is no change', async () => {
    const [one, two] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('team_member'),
    ]);
    const id = await contact();
    await share(id, sharesOnly({ users: [one.id] }));
    for (let time = 0; time < 2; time++) await share(id, sharesOnly({ users: [two.id, two.id] }));
    expect((await one.get(contactPath(id))).status).toBe(404);
    expect((await two.get(contactPath(id))).body).toMatchObject({
      confidentiality: sharesOnly({ users: [two.id], teams: [] }),
      version: 3,
    });
  });

  it('200: two at once leave the shares of one of them, and no others', async () => {
    const users = await Promise.all([world.company.user('team_member'), world.company.user('team_member')]);
    const id = await contact();
    const answers = await Promise.all(users.map((user) => share(id, sharesOnly({ users: [user.id] }))));
    expect(statusesOf(answers)).toEqual([200, 200]);
    const { confidentiality } = (await world.company.admin.get(contactPath(id))).body;
    const seen = await Promise.all(users.map((user) => user.get(contactPath(id))));
    expect(seen.map(({ status }) => status === 200)).toEqual(
      users.map((user) => confidentiality.shares.users.includes(user.id)),
    );
    expect(confidentiality.shares.users).toHaveLength(1);
  });

  it('400: users and teams that are none, and nothing is changed', async () => {
    const id = await contact();
    const team = await newTeam(world.company);
    const cases: [unknown, string][] = [
      [sharesOnly({ users: [world.company.admin.id, randomUUID()] }), 'confidentiality.shares.users[1]'],
      [sharesOnly({ users: [world.other.admin.id] }), 'confidentiality.shares.users[0]'],
      [sharesOnly({ users: [team.id] }), 'confidentiality.shares.users[0]'],
      [sharesOnly({ teams: [(await newTeam(world.other)).id] }), 'confidentiality.shares.teams[0]'],
      [sharesOnly({ teams: 'all' }), 'shares.teams'],
      [{ mode: 'all-confidentials', shares: {} }, 'mode'],
      [{ mode: 'shares-only' }, 'shares'],
    ];
    for (const [body, path] of cases) {
      const answer = await share(id, body);
      expect(answer.status).toBe(400);
      expect(answer.body.message.split(': ')[0]).toMatch(path.replace('confidentiality.', ''));
    }
    expect((await world.company.admin.get(contactPath(id))).body).toMatchObject({
      confidential: false,
      version: 1,
    });
  });

  it('403: for whoever sees it and has it neither assigned nor sourced', async () => {
    const admin = await world.company.user('admin');
    const { status } = await admin.put(sharing(await contact()), sharesOnly({ users: [admin.id] }));
    expect(status).toBe(403);
  });

  it('403: nor by the back door, in a PATCH or a POST', async () => {
    const member = await world.company.user('team_member');
    const made = await newContact(world.company.admin);
    const confidentiality = sharesOnly({ users: [member.id] });
    expect((await member.patch(contactPath(made.id), { confidentiality })).status).toBe(403);
    expect((await member.post('/v1/contact', { emails: made.emails, confidentiality })).status).toBe(403);
    expect((await member.get(contactPath(made.id))).body).toEqual(made);
  });

  it('404: a contact that is no longer shared with whom it is assigned to', async () => {
    const assignee = await world.company.user('team_member');
    const id = await contact({ assignedTo: assignee.id });
    await share(id, sharesOnly({ users: [] }));
    expect((await assignee.put(sharing(id), sharesOnly({ users: [assignee.id] }))).status).toBe(404);
  });
});
