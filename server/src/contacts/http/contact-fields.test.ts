import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newUser, someEmail } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = (more: object = {}) => newContact(world.company.admin, more);
const patched = async (id: string, change: object) =>
  (await world.company.admin.patch(contactPath(id), change)).body;

describe('the fields of a contact', () => {
  it.each([
    [{ firstName: 'Joao', fullName: 'Joao Alvarez Ronaldo' }, ['Joao', ['Craig'], 'Bond', 'Joao Craig Bond']],
    [
      { middleNames: ['Jackson'], fullName: 'Michael Trump Smith' },
      ['Daniel', ['Jackson'], 'Bond', 'Daniel Jackson Bond'],
    ],
    [
      { lastName: 'Alpine', fullName: 'Hugo Jackman Wolverine' },
      ['Daniel', ['Craig'], 'Alpine', 'Daniel Craig Alpine'],
    ],
    [{ fullName: 'Zelda Gold Braveheart' }, ['Zelda', ['Gold'], 'Braveheart', 'Zelda Gold Braveheart']],
    [{ fullName: 'Cher' }, ['Cher', [], undefined, 'Cher']],
    [{ fullName: 'Ada  King' }, ['Ada', [], 'King', 'Ada King']],
    [{ lastName: null }, ['Daniel', ['Craig'], undefined, 'Daniel Craig']],
    [{ fullName: null }, [undefined, [], undefined, undefined]],
  ])('200: Daniel Craig Bond and %j', async (change, names) => {
    const { id } = await contact({ fullName: 'Daniel Craig Bond' });
    const { firstName, middleNames, lastName, fullName } = await patched(id, change);
    expect([firstName, middleNames, lastName, fullName]).toEqual(names);
  });

  it('200: createdTime is taken on creation, at any time of the past, and ignored later', async () => {
    const { id, createdTime } = await contact({ createdTime: '1999-12-31T22:00:00-03:00' });
    expect(createdTime).toBe('2000-01-01T01:00:00.000Z');
    expect((await patched(id, { createdTime: '2005-05-05', firstName: 'Ada' })).createdTime).toBe(
      createdTime,
    );
  });

  it.each([
    ['2015-09-01T00:00:00.0000', '2015-09-01T00:00:00.000Z'],
    ['2015-09-01', '2015-09-01T00:00:00.000Z'],
    ['2015-09-01T12:30:00', '2015-09-01T12:30:00.000Z'],
    ['2015-09-01T00:30:00+05:30', '2015-08-31T19:00:00.000Z'],
    ['2016-02-29T23:59:59.9999z', '2016-02-29T23:59:59.999Z'],
  ])('200: the time %s is answered as %s', async (given, answered) => {
    const { id } = await contact();
    const body = await patched(id, { gdprConsentDate: given, experience: [{ startDate: given }] });
    expect([body.gdprConsentDate, body.experience[0].startDate]).toEqual([answered, answered]);
  });

  it('200: null clears, an empty list empties, and the rest stays', async () => {
    const before = await contact({
      phoneNumbers: ['+1 2'],
      links: [`example.org/${randomUUID()}`],
      location: { city: 'Berlin' },
      experience: [{ role: 'Admiral' }],
      education: [{ degree: 'PhD' }],
      skills: ['COBOL'],
      languages: [{ languageCode: 'en', value: 'English' }],
      globalTags: [{ value: 'Pioneer' }],
      status: { value: 'Passive' },
      integrations: { jazz: { id: randomUUID() } },
      gdprConsent: false,
      gdprConsentDate: '2020-01-01',
      creationSource: { id: 'fair', value: 'Fair' },
      doNotContact: true,
    });
    const cleared = await patched(before.id, {
      emails: null,
      phoneNumbers: null,
      links: [],
      location: null,
      experience: null,
      education: [],
      skills: null,
      languages: [],
      globalTags: null,
      status: null,
      integrations: null,
      gdprConsent: null,
      gdprConsentDate: null,
      creationSource: null,
      doNotContact: null,
    });
    const bare = await newContact(world.company.admin, { fullName: 'Bare', emails: [] });
    expect(cleared).toEqual({
      ...bare,
      ...Object.fromEntries(
        ['id', 'firstName', 'lastName', 'fullName', 'createdTime'].map((field) => [field, before[field]]),
      ),
      version: 2,
      updatedTime: expect.any(String),
    });
    expect(
      (await world.company.admin.get(`/v1/contacts?email=${before.primaryEmail}`)).body.total_count,
    ).toBe(0);
  });

  it('200: an object or list that is named is replaced whole', async () => {
    const { id } = await contact({
      location: { city: 'Berlin', country: 'Germany' },
      integrations: { jazz: { id: randomUUID() }, taleo: { id: randomUUID() } },
      skills: ['One', 'Two'],
    });
    const taleo = { id: randomUUID(), url: 'https://taleo.example' };
    const body = await patched(id, {
      location: { city: 'Bonn' },
      integrations: { taleo },
      skills: ['Three'],
    });
    expect(body).toMatchObject({ skills: ['Three'] });
    expect([body.location, body.integrations]).toEqual([{ city: 'Bonn' }, { taleo }]);
  });

  it('200: the primary email and number are the first, or the named one, which joins the list', async () => {
    const [one, two, three] = [someEmail(), someEmail(), someEmail()];
    const made = await contact({ emails: [one, two], phoneNumbers: ['+1 1', '+1 2'] });
    expect([made.primaryEmail, made.primaryPhoneNumber]).toEqual([one, '+1 1']);
    const chosen = await patched(made.id, { primaryEmail: two, primaryPhoneNumber: '+1 2' });
    expect([chosen.primaryEmail, chosen.primaryPhoneNumber]).toEqual([two, '+1 2']);
    const joined = await patched(made.id, { primaryEmail: three });
    expect([joined.primaryEmail, joined.emails.toSorted()]).toEqual([three, [one, two, three].toSorted()]);
    const narrowed = await patched(made.id, { emails: [one] });
    expect([narrowed.primaryEmail, narrowed.emails]).toEqual([one, [one]]);
  });

  it('200: one email in two cases is one', async () => {
    const email = someEmail();
    expect((await contact({ emails: [email, email.toUpperCase()] })).emails).toEqual([email]);
  });

  it.each(['experience', 'education'])('200: items of %s keep the id they are sent with', async (field) => {
    const made = await contact({ [field]: [{ organisationName: 'One' }, { organisationName: 'Two' }] });
    const [one, two] = made[field];
    expect(one.id).not.toBe(two.id);
    const changed = (
      await patched(made.id, {
        [field]: [{ organisationName: 'New', id: 'id-0000002' }, { ...two, organisationName: 'Second' }, two],
      })
    )[field];
    expect(changed.slice(1, 2)).toEqual([{ id: two.id, organisationName: 'Second' }]);
    expect(new Set(changed.map(({ id }: { id: string }) => id)).size).toBe(3);
    expect(changed.map(({ id }: { id: string }) => id)).not.toContain('id-0000002');
  });

  it.each([
    [
      'the current one',
      [
        { role: 'a', endDate: '2025-01-01' },
        { role: 'b', current: true },
      ],
      'b',
    ],
    [
      'the latest to end',
      [
        { role: 'a', endDate: '2001-01-01' },
        { role: 'b', endDate: '2009-01-01' },
      ],
      'b',
    ],
    [
      'of two current ones the later',
      [
        { role: 'a', current: true, startDate: '2020-01-01' },
        { role: 'b', current: true, startDate: '2010-01-01' },
      ],
      'a',
    ],
  ])('200: primaryExperience is %s', async (_which, experience, role) => {
    const made = await contact({ experience });
    expect(made.primaryExperience).toEqual(
      made.experience.find((item: { role: string }) => item.role === role),
    );
    expect((await patched(made.id, { experience: [] })).primaryExperience).toBeUndefined();
  });

  it('200: a change puts the caller in only where there was nobody', async () => {
    const { admin } = world.company;
    const [member, somebody] = [await world.company.user('team_member'), await newUser(world.company)];
    const { id } = await contact({ assignedTo: somebody.id, sourcedBy: somebody.id });
    const owners = ({ assignedTo, sourcedBy }: { assignedTo?: string; sourcedBy?: string }) => [
      assignedTo,
      sourcedBy,
    ];
    expect(owners((await member.patch(contactPath(id), { firstName: 'A' })).body)).toEqual([
      somebody.id,
      somebody.id,
    ]);
    expect(owners(await patched(id, { assignedTo: null }))).toEqual([undefined, somebody.id]);
    expect(owners((await member.patch(contactPath(id), { firstName: 'B' })).body)).toEqual([
      member.id,
      somebody.id,
    ]);
    expect(owners(await patched(id, { sourcedBy: admin.id }))).toEqual([member.id, admin.id]);
  });

  it('200: tags by id or value, whatever its case; an id outweighs a value', async () => {
    const value = `Äpfel ${randomUUID()}`;
    const [tag] = (await contact({ globalTags: [{ value }] })).globalTags;
    expect(tag).toEqual({ id: expect.any(String), value });
    for (const given of [{ id: tag.id }, { value: value.toUpperCase() }, { ...tag, value: 'Else' }]) {
      expect((await contact({ globalTags: [given, tag] })).globalTags).toEqual([tag]);
    }
  });

  it('400: a tag that is not there, from a caller who may not add one', async () => {
    const member = await world.company.user('team_member');
    const { status, body } = await member.post('/v1/contact', {
      fullName: 'X',
      globalTags: [{ value: `Tag ${randomUUID()}` }],
    });
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'globalTags[0].value']);
  });

  it.each(['Lead', 'outreach made', 'PASSIVE', ' Engaged '])('200: the status %s', async (value) => {
    const { id, status } = await contact({ status: { value } });
    expect(status.value.toLowerCase()).toBe(value.trim().toLowerCase());
    expect((await patched(id, { status: { id: status.id } })).status).toEqual(status);
  });

  it("400: another company's tag or status, like one that never was", async () => {
    const there = await newContact(world.other.admin, {
      globalTags: [{ value: 'Theirs' }],
      status: { value: 'Lead' },
    });
    const { id } = await contact();
    const refused = async (change: object) => (await patched(id, change)).message;
    expect(await refused({ globalTags: [{ id: there.globalTags[0].id }] })).toBe(
      await refused({ globalTags: [{ id: randomUUID() }] }),
    );
    expect(await refused({ status: { id: there.status.id } })).toBe(
      await refused({ status: { id: randomUUID() } }),
    );
  });

  it('200: shares make confidential; no longer confidential ends the shares', async () => {
    const member = await world.company.user('team_member');
    const { id } = await contact({ confidentiality: { shares: { users: [member.id] } } });
    expect((await member.get(contactPath(id))).body.confidential).toBe(true);
    expect(await patched(id, { confidential: false })).toMatchObject({
      confidential: false,
      confidentiality: { mode: 'all-confidentials', shares: { teams: [], users: [] } },
    });
  });
});
