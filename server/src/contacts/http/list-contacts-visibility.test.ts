import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newTeam } from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();

/** The ids that a caller's list holds; the count must agree. */
async function seen(caller: Caller): Promise<string[]> {
  const { body } = await caller.get('/v1/contacts?sort_field=id');
  expect(body.total_count).toBe(body.contacts.length);
  expect(body.last_batch).toBe(body.contacts.length);
  return body.contacts.map(({ id }: { id: string }) => id);
}

describe('GET /v1/contacts', () => {
  it('200: each reader finds and counts what it may see, and no more', async () => {
    const company = await world.server.company();
    const [member, limited, restricted, confidential, teammate] = await Promise.all([
      company.user('team_member'),
      company.user('limited'),
      company.user('restricted'),
      company.user('confidential'),
      company.user('recruiter_team_member'),
    ]);
    const team = await newTeam(company, [teammate]);
    const shared = { confidentiality: { shares: { users: [member.id], teams: [team.id] } } };
    const of = async (more: object) => (await newContact(company.admin, more)).id;
    const open = await of({});
    const secret = await of({ confidential: true });
    const kept = await of(shared);
    const assigned = await of({ assignedTo: limited.id });
    const sourced = await of({ sourcedBy: restricted.id });
    const ownSecret = await of({ assignedTo: limited.id, confidential: true });
    expect(await seen(company.admin)).toEqual([open, secret, kept, assigned, sourced, ownSecret]);
    expect(await seen(member)).toEqual([open, kept, assigned, sourced]);
    expect(await seen(teammate)).toEqual([open, kept, assigned, sourced]);
    expect(await seen(confidential)).toEqual([open, secret, assigned, sourced, ownSecret]);
    expect(await seen(limited)).toEqual([assigned]);
    expect(await seen(restricted)).toEqual([sourced]);
  });

  it('200: nothing that is deleted, anonymised or archived', async () => {
    const { admin } = await world.server.company();
    const [stays, deleted, anonymised, archived] = await Promise.all(
      [1, 2, 3, 4].map(() => newContact(admin)),
    );
    await Promise.all([
      admin.delete(contactPath(deleted.id)),
      admin.post(contactPath(anonymised.id, '/anonymize')),
      admin.post(contactPath(archived.id, '/archive')),
    ]);
    expect(await seen(admin)).toEqual([stays.id]);
  });

  it('200: a hidden contact is not found by its email either', async () => {
    const member = await world.company.user('team_member');
    const { primaryEmail } = await newContact(world.company.admin, { confidential: true });
    const { body } = await member.get(`/v1/contacts?email=${primaryEmail}`);
    expect(body).toEqual({ contacts: [], last_batch: 0, total_count: 0 });
  });
});
