import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  newContact,
  newUser,
  someEmail,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const patch = (id: string, change: unknown) => world.company.admin.patch(contactPath(id), change);

describe('PATCH /v1/contact/{contactid}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({ path: contactPath(await contact()), body: {} }));
  keepsCompaniesApart(world, 'PATCH', contact, contactPath, { body: { firstName: 'Mallory' } });

  it('200: answers the contact as it then reads, a version and a time on, and leaves an audit row', async () => {
    const before = await newContact(world.company.admin);
    const { status, body } = await patch(before.id, { skills: ['COBOL', 'cobol', 'Mathematics'] });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      skills: ['COBOL', 'Mathematics'],
      version: 2,
      updatedTime: expect.any(String),
    });
    expect(Date.parse(body.updatedTime)).toBeGreaterThan(Date.parse(before.updatedTime) - 1);
    expect((await world.company.admin.get(contactPath(before.id))).body).toEqual(body);
    expect(await auditTrail(world.server, before.id)).toEqual(['contact.create', 'contact.update']);
  });

  it('200: what it answered can be sent back, and then changes nothing', async () => {
    const before = await newContact(world.company.admin, {
      links: ['https://example.org/me'],
      phoneNumbers: ['+49 30 1234'],
      location: { city: 'Berlin', geoPoint: { lat: 52.5, lon: 13.4 } },
      experience: [{ organisationName: 'Navy', startDate: '1943-12-01', current: true }],
      education: [{ program: 'Mathematics' }],
      languages: [{ languageCode: 'en', value: 'English' }],
      globalTags: [{ value: 'Pioneer' }],
      status: { value: 'Lead' },
      integrations: { workday: { id: randomUUID(), skills: [{ id: '1', name: 'COBOL' }] } },
      gdprConsent: true,
      gdprConsentDate: '2020-01-01',
      creationSource: { id: 'fair', value: 'Job fair' },
    });
    const { status, headers, body } = await patch(before.id, before);
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(body).toEqual(before);
    expect(await auditTrail(world.server, before.id)).toEqual(['contact.create']);
  });

  it('200: of many at once every one counts', async () => {
    const id = await contact();
    const changes = [
      { skills: ['Engines'] },
      { doNotContact: true },
      { gdprConsent: true },
      { location: { city: 'London' } },
      { phoneNumbers: ['+44 20 1'] },
      { creationSource: { value: 'Salon' } },
    ];
    const answers = await Promise.all(changes.map((change) => patch(id, change)));
    expect(statusesOf(answers)).toEqual(changes.map(() => 200));
    expect((await world.company.admin.get(contactPath(id))).body).toMatchObject({
      ...Object.assign({}, ...changes),
      version: 1 + changes.length,
    });
  });

  it('200: a change that a deletion overtakes finds nothing, never half', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await contact();
      const [changed, gone] = await Promise.all([
        patch(id, { firstName: 'Late' }),
        world.company.admin.delete(contactPath(id)),
      ]);
      expect(gone.status).toBe(200);
      expect([200, 404]).toContain(changed.status);
      expect((await world.company.admin.get(contactPath(id))).status).toBe(404);
    }
  });

  it('400: whatever does not fit, named by its path, and nothing is changed', async () => {
    const before = await newContact(world.company.admin);
    const cases: [object, string][] = [
      [{ emails: 'a@example.org' }, 'emails'],
      [{ emails: [someEmail(), 'nobody'] }, 'emails[1]'],
      [{ primaryEmail: 'nobody' }, 'primaryEmail'],
      [{ phoneNumbers: [491234] }, 'phoneNumbers[0]'],
      [{ links: ['ftp://example.org'] }, 'links[0]'],
      [{ links: ['example.org', ' '] }, 'links[1]'],
      [{ phoneNumbers: ['+1 2', ' '] }, 'phoneNumbers[1]'],
      [{ primaryPhoneNumber: ' ' }, 'primaryPhoneNumber'],
      [{ location: { geoPoint: { lat: '52', lon: 13 } } }, 'location.geoPoint.lat'],
      [{ location: { geoPoint: { lat: 52 } } }, 'location.geoPoint.lon'],
      [{ experience: [{ current: 'true' }] }, 'experience[0].current'],
      [{ experience: [{ startDate: '2015-02-30' }] }, 'experience[0].startDate'],
      [{ education: [{ endDate: 2015 }] }, 'education[0].endDate'],
      [{ skills: [7] }, 'skills[0]'],
      [{ gdprConsentDate: 'soon' }, 'gdprConsentDate'],
      [{ doNotContact: 0 }, 'doNotContact'],
      [{ confidentiality: { mode: 'secret' } }, 'confidentiality.mode'],
      [{ confidentiality: { shares: { users: [randomUUID()] } } }, 'confidentiality.shares.users[0]'],
      [{ confidentiality: { shares: { teams: ['none'] } } }, 'confidentiality.shares.teams[0]'],
      [{ globalTags: [{ id: randomUUID() }] }, 'globalTags[0].id'],
      [{ globalTags: [{}] }, 'globalTags[0]'],
      [{ status: { id: randomUUID() } }, 'status'],
      [{ customFields: [{ id: randomUUID(), value: 'x' }] }, 'customFields[0].id'],
      [{ integrations: { workday: { id: '' } } }, 'integrations.workday.id'],
      [{ fullName: 'x'.repeat(2001) }, 'fullName'],
    ];
    for (const [change, path] of cases) {
      const { status, body } = await patch(before.id, { ...change, firstName: 'Changed' });
      expect([status, body.message.split(': ')[0]]).toEqual([400, path]);
    }
    expect((await world.company.admin.get(contactPath(before.id))).body).toEqual(before);
  });

  it.each(['assignedTo', 'sourcedBy'])(
    "400: %s names nobody, another company's user like one that never was",
    async (field) => {
      const id = await contact();
      for (const stranger of [world.other.admin.id, randomUUID(), 'nobody', '']) {
        const { status, body } = await patch(id, { [field]: stranger });
        expect([status, body.message]).toEqual([400, `${field}: must be the id of a user`]);
      }
    },
  );

  it('400: a body that is no object, or none', async () => {
    const path = contactPath(await contact());
    for (const body of ['[]', '"x"', 'null', '7', undefined]) {
      const { status } = await world.server.call('PATCH', path, { token: world.company.admin.token, body });
      expect(status).toBe(400);
    }
  });

  it('403: a contact that the caller sees and may not change', async () => {
    const restricted = await world.company.user('restricted');
    const id = await contact({ assignedTo: restricted.id });
    expect((await restricted.get(contactPath(id))).status).toBe(200);
    expect((await restricted.patch(contactPath(id), { firstName: 'Mine' })).status).toBe(403);
  });

  it('403: out of the own hands into those of another', async () => {
    const limited = await world.company.user('limited');
    const somebody = await newUser(world.company);
    const id = await contact({ assignedTo: limited.id });
    expect((await limited.patch(contactPath(id), { firstName: 'Ada' })).status).toBe(200);
    expect((await limited.patch(contactPath(id), { assignedTo: somebody.id })).status).toBe(403);
  });

  it('404: a contact that the caller does not see', async () => {
    const limited = await world.company.user('limited');
    expect((await limited.patch(contactPath(await contact()), { firstName: 'Ada' })).status).toBe(404);
  });

  it.each([
    ['email', () => ({ emails: [someEmail()] })],
    ['link', () => ({ links: [`https://example.org/${randomUUID()}`] })],
    ['external id', () => ({ integrations: { jazz: { id: randomUUID() } } })],
  ])('409: the %s of another contact, which is named, and nothing is changed', async (_what, identity) => {
    const taken = identity();
    const holder = await contact(taken);
    const before = await newContact(world.company.admin);
    const { status, body } = await patch(before.id, { ...taken, firstName: 'Changed' });
    expect(status).toBe(409);
    expect(body.message).toContain(holder);
    expect((await world.company.admin.get(contactPath(before.id))).body).toEqual(before);
  });

  it('409: what an anonymised contact holds, which is not named', async () => {
    const email = someEmail();
    const holder = await contact({ emails: [email] });
    await world.company.admin.post(contactPath(holder, '/anonymize'));
    const { status, body } = await patch(await contact(), { emails: [email] });
    expect(status).toBe(409);
    expect(body.message).not.toContain(holder);
  });

  it('409: of two contacts that want one email at once, one gets it', async () => {
    for (let round = 0; round < 5; round++) {
      const ids = [await contact(), await contact()];
      const emails = [someEmail()];
      const answers = await Promise.all(ids.map((id) => patch(id, { emails })));
      expect(statusesOf(answers)).toEqual([200, 409]);
      const holders = await world.company.admin.get(`/v1/contacts?email=${emails[0]}`);
      expect(holders.body.total_count).toBe(1);
    }
  });
});
