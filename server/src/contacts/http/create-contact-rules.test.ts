import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, contactPath, newContact, newUser, someEmail } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const post = (body: object) => world.company.admin.post('/v1/contact', body);

describe('POST /v1/contact', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: '/v1/contact', body: { fullName: 'Grace Hopper' } }));

  it.each(['fullName', 'firstName', 'lastName', 'primaryEmail', 'primaryPhoneNumber'])(
    '200: %s alone is enough',
    async (field) => {
      expect((await post({ [field]: field === 'primaryEmail' ? someEmail() : 'Grace' })).status).toBe(200);
    },
  );

  it.each(['emails', 'phoneNumbers', 'links', 'middleNames'])('200: one of %s is enough', async (field) => {
    const value = field === 'links' ? `example.org/${randomUUID()}` : someEmail();
    expect((await post({ [field]: [value] })).status).toBe(200);
  });

  it.each([
    {},
    { fullName: ' ' },
    { emails: [], links: [] },
    { firstName: null },
    { integrations: { jazz: { id: '1' } } },
  ])('400: %j names nobody and reaches nobody', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  const HOST = 'linkedin.com/in/';
  it.each([
    ['http://www.linkedin.com/in/', ''],
    ['https://LinkedIn.COM/in/', '/'],
    ['www.linkedin.com/in/', '///'],
    ['HTTPS://WWW.LINKEDIN.COM/in/', ''],
    [HOST, '/'],
  ])('200: a link as %s…%s is the same person', async (before, after) => {
    const who = randomUUID();
    const { id } = await newContact(world.company.admin, { links: [`https://${HOST}${who}`] });
    const { body } = await post({ links: [`${before}${who}${after}`] });
    expect([body.id, body.links]).toEqual([id, [`https://${HOST}${who}`]]);
  });

  it.each([
    [`https://${HOST}Grace`, `https://${HOST}grace`],
    [`https://${HOST}x?id=1`, `https://${HOST}x?id=2`],
    ['https://a.example.org/same', 'https://b.example.org/same'],
  ])('200: %s and %s are two people', async (one, two) => {
    const [first, second] = [await post({ links: [one] }), await post({ links: [two] })];
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('200: an update adds to the lists, replaces the rest, and keeps what is not named', async () => {
    const email = someEmail();
    const before = await newContact(world.company.admin, {
      emails: [email],
      phoneNumbers: ['+49 30 1234'],
      links: ['https://example.org/one'],
      globalTags: [{ value: 'One' }],
      integrations: { jazz: { id: randomUUID() } },
      skills: ['One'],
      createdTime: '2010-10-10',
    });
    const taleo = { id: randomUUID() };
    const second = someEmail();
    const { status, body } = await post({
      emails: [second, email.toUpperCase()],
      phoneNumbers: ['+49301234', '+49 40 1'],
      links: ['http://www.example.org/one/', 'example.org/two'],
      globalTags: [{ value: 'ONE' }, { value: 'Two' }],
      integrations: { taleo },
      skills: ['Two'],
      createdTime: '2020-02-20',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      emails: [email, second],
      phoneNumbers: ['+49 30 1234', '+49 40 1'],
      links: ['https://example.org/one', 'example.org/two'],
      globalTags: [before.globalTags[0], { id: expect.any(String), value: 'Two' }],
      integrations: { ...before.integrations, taleo },
      skills: ['Two'],
      version: 2,
      updatedTime: expect.any(String),
    });
    expect(await auditTrail(world.server, before.id)).toEqual(['contact.create', 'contact.update']);
  });

  it('200: exactly what is there already changes nothing', async () => {
    const before = await newContact(world.company.admin, { skills: ['COBOL'], links: ['example.org/same'] });
    const { status, body } = await post({ emails: before.emails, skills: ['COBOL'] });
    expect([status, body]).toEqual([200, before]);
  });

  it('200: of many news about one person at once every one counts', async () => {
    const { emails, id } = await newContact(world.company.admin);
    const numbers = ['+1 1', '+1 2', '+1 3', '+1 4', '+1 5', '+1 6'];
    const answers = await Promise.all(numbers.map((number) => post({ emails, phoneNumbers: [number] })));
    expect(answers.map(({ body }) => body.id)).toEqual(numbers.map(() => id));
    const { body } = await world.company.admin.get(contactPath(id));
    expect(body.phoneNumbers.toSorted()).toEqual(numbers);
    expect(body.version).toBe(1 + numbers.length);
  });

  it('200: two at once that make one tag make it once', async () => {
    const value = `Tag ${randomUUID()}`;
    const made = await Promise.all(
      [1, 2, 3].map(() => newContact(world.company.admin, { globalTags: [{ value }] })),
    );
    expect(new Set(made.map(({ globalTags }) => globalTags[0].id)).size).toBe(1);
  });

  it('400: an assignedTo or sourcedBy that is no user', async () => {
    for (const field of ['assignedTo', 'sourcedBy']) {
      for (const stranger of ['', 'nobody', randomUUID(), world.other.admin.id]) {
        const { status, body } = await post({ fullName: 'X', [field]: stranger });
        expect([status, body.message]).toEqual([400, `${field}: must be the id of a user`]);
      }
    }
  });

  it('200: assigned to and sourced by the caller where it names nobody, else by whom it names', async () => {
    const [member, somebody] = [await world.company.user('team_member'), await newUser(world.company)];
    const { body } = await member.post('/v1/contact', { fullName: 'X', assignedTo: null });
    expect([body.assignedTo, body.sourcedBy]).toEqual([member.id, member.id]);
    const named = await member.post('/v1/contact', { fullName: 'X', sourcedBy: somebody.id.toUpperCase() });
    expect([named.body.assignedTo, named.body.sourcedBy]).toEqual([member.id, somebody.id]);
  });

  it('409: for a role that sees only its own, until the match is its own', async () => {
    const limited = await world.company.user('limited');
    const { id, emails } = await newContact(world.company.admin);
    expect((await limited.post('/v1/contact', { emails })).status).toBe(409);
    await world.company.admin.patch(contactPath(id), { assignedTo: limited.id });
    expect((await limited.post('/v1/contact', { emails })).status).toBe(200);
  });

  it('409: matches to one that the caller sees and one that it does not name the one alone', async () => {
    const member = await world.company.user('team_member');
    const [seen, hidden] = await Promise.all([
      newContact(world.company.admin),
      newContact(world.company.admin, { confidential: true }),
    ]);
    const { status, body } = await member.post('/v1/contact', { emails: [...seen.emails, ...hidden.emails] });
    expect(status).toBe(409);
    expect(body.message).toContain(seen.id);
    expect(body.message).not.toContain(hidden.id);
  });
});
