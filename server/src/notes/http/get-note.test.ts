import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { essence, newContact, newNote, newTeam, notePath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const noteAbout = async (more: object = {}) => {
  const { admin } = world.company;
  return newNote(admin, (await newContact(admin, more)).id);
};
const note = async () => (await noteAbout()).id;

describe('GET /v1/note/{noteid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: notePath(await note()) }));
  keepsCompaniesApart(world, 'GET', note, notePath);

  it('200: what creating it answered, to everyone who sees its contact, by an id in either case', async () => {
    const made = await noteAbout();
    const reader = await world.company.user('team_member');
    expect(await reader.get(notePath(made.id))).toMatchObject({ status: 200, body: made });
    expect((await reader.get(notePath(made.id.toUpperCase()))).body).toEqual(made);
  });

  it('200 or 404: just as the reader sees its contact', async () => {
    const { company } = world;
    const [member, limited, restricted, confidential, teammate] = await Promise.all([
      company.user('team_member'),
      company.user('limited'),
      company.user('restricted'),
      company.user('confidential'),
      company.user('recruiter_team_member'),
    ]);
    const team = await newTeam(company, [teammate]);
    const readers = [company.admin, member, teammate, confidential, limited, restricted];
    const notes = await Promise.all(
      [
        {},
        { confidential: true },
        { confidentiality: { shares: { users: [member.id], teams: [team.id] } } },
        { assignedTo: limited.id },
        { sourcedBy: restricted.id },
        { assignedTo: limited.id, confidential: true },
      ].map(noteAbout),
    );
    const seen = await Promise.all(
      notes.map(async ({ id }) => {
        const answers = await Promise.all(readers.map((reader) => reader.get(notePath(id))));
        return answers.map(({ status }) => status);
      }),
    );
    expect(seen).toEqual([
      [200, 200, 200, 200, 404, 404],
      [200, 404, 404, 200, 404, 404],
      [200, 200, 200, 404, 404, 404],
      [200, 200, 200, 200, 200, 404],
      [200, 200, 200, 200, 404, 200],
      [200, 404, 404, 200, 404, 404],
    ]);
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.get(notePath('x'.repeat(101)))).status).toBe(400);
  });

  it('404: one that the caller does not see, like an id that never was; its author is no exception', async () => {
    const limited = await world.company.user('limited');
    const { id: contactId } = await newContact(world.company.admin, { assignedTo: limited.id });
    const { id } = await newNote(limited, contactId);
    expect((await limited.get(notePath(id))).status).toBe(200);
    await world.company.admin.patch(`/v1/contact/${contactId}`, { assignedTo: world.company.admin.id });
    const hidden = await limited.get(notePath(id));
    expect(hidden.status).toBe(404);
    expect(essence(hidden)).toEqual(essence(await limited.get(notePath(randomUUID()))));
  });

  it("404: a contact's id is no note's", async () => {
    const { id } = await newContact(world.company.admin);
    expect((await world.company.admin.get(notePath(id))).status).toBe(404);
  });

  it('is one round trip', async () => {
    const id = await note();
    const cost = countRoundTrips(world.server.database);
    const { roundTrips, transactions } = await cost(() => world.company.admin.get(notePath(id)));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });
});
