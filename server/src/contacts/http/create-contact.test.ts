import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());

describe('POST /v1/contact', () => {
  it('200: answers the new contact, with where it is', async () => {
    const { status, headers, body } = await company.admin.post('/v1/contact', {
      fullName: 'Grace Brewster Hopper',
      emails: ['Grace@navy.example'],
      experience: [
        { organisationName: 'Navy', role: 'Rear admiral', startDate: '1943-12-01', current: true },
      ],
      education: [{ organisationName: 'Yale', program: 'Mathematics' }],
      location: { city: 'Arlington', geoPoint: { lat: 38.9, lon: -77.1 } },
    });
    expect(status).toBe(200);
    expect(headers.get('location')).toBe(`/v1/contact/${body.id}`);
    expect(body).toMatchObject({
      firstName: 'Grace',
      middleNames: ['Brewster'],
      lastName: 'Hopper',
      primaryEmail: 'Grace@navy.example',
      primaryExperience: { organisationName: 'Navy', startDate: '1943-12-01T00:00:00.000Z' },
      assignedTo: company.admin.id,
      sourcedBy: company.admin.id,
      version: 1,
      lists: [],
      vacancies: [],
    });
    expect((await company.admin.get(`/v1/contact/${body.id}`)).body).toEqual(body);
  });

  it('200: an email in another case updates the contact it belongs to, and adds to it', async () => {
    const first = await company.admin.post('/v1/contact', { emails: ['ada@one.example'], firstName: 'Ada' });
    const { status, headers, body } = await company.admin.post('/v1/contact', {
      emails: ['ADA@one.example', 'ada@two.example'],
      links: ['https://www.linkedin.com/in/ada/'],
      integrations: { workday: { id: 'W1' } },
    });
    expect([status, body.id, headers.get('location')]).toEqual([200, first.body.id, null]);
    expect(body).toMatchObject({
      firstName: 'Ada',
      version: 2,
      emails: ['ada@one.example', 'ada@two.example'],
    });
    const byLink = await company.admin.post('/v1/contact', { links: ['linkedin.com/in/ada'] });
    const byPartner = await company.admin.get('/v1/contact/external/workday/W1');
    expect([byLink.body.id, byPartner.body.id]).toEqual([first.body.id, first.body.id]);
  });

  it('200: two identical requests at once leave one contact', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => company.admin.post('/v1/contact', { emails: ['race@one.example'] })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('400: without a name, an email, a phone number or a link', async () => {
    const { status, body } = await company.admin.post('/v1/contact', { skills: ['knitting'] });
    expect([status, body.code]).toEqual([400, 400]);
  });

  it.each([
    [{ emails: ['no email'] }, 'emails[0]'],
    [{ fullName: 7 }, 'fullName'],
    [{ fullName: 'X', assignedTo: '8a45c737-f580-4730-b9d1-92dd38502973' }, 'assignedTo'],
    [{ fullName: 'X', createdTime: 'yesterday' }, 'createdTime'],
    [{ fullName: 'X', location: { geoPoint: { lat: 91, lon: 0 } } }, 'location.geoPoint.lat'],
    [{ fullName: 'X\0' }, 'fullName'],
    [{ links: ['javascript:alert(1)'] }, 'links[0]'],
    [{ fullName: 'X', status: { value: 'Unheard of' } }, 'status'],
  ])('400: %j is wrong at %s', async (body, path) => {
    const answer = await company.admin.post('/v1/contact', body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(new RegExp(`^${path.replaceAll(/[[\]]/g, '\\$&')}: `));
  });

  it('401: without a token', async () => {
    expect((await server.call('POST', '/v1/contact', { body: { fullName: 'X' } })).status).toBe(401);
  });

  it('403: for a role that writes no contacts', async () => {
    const restricted = await company.user('restricted');
    expect((await restricted.post('/v1/contact', { fullName: 'X' })).status).toBe(403);
  });

  it('409: matches to two contacts change nothing and name both', async () => {
    const one = await company.admin.post('/v1/contact', { emails: ['two-a@x.example'] });
    const two = await company.admin.post('/v1/contact', { emails: ['two-b@x.example'] });
    const { status, body } = await company.admin.post('/v1/contact', {
      fullName: 'Both',
      emails: ['two-a@x.example', 'two-b@x.example'],
    });
    expect(status).toBe(409);
    expect(body.message).toContain(one.body.id);
    expect(body.message).toContain(two.body.id);
    expect((await company.admin.get(`/v1/contact/${one.body.id}`)).body.fullName).toBeUndefined();
  });

  it('409: an anonymised contact is not added again', async () => {
    const { body } = await company.admin.post('/v1/contact', { emails: ['gone@x.example'] });
    await company.admin.post(`/v1/contact/${body.id}/anonymize`);
    expect((await company.admin.post('/v1/contact', { emails: ['gone@x.example'] })).status).toBe(409);
  });

  it('409: a match that the caller may not see is not named', async () => {
    const { body } = await company.admin.post('/v1/contact', {
      emails: ['secret@x.example'],
      confidential: true,
    });
    const member = await company.user('team_member');
    const answer = await member.post('/v1/contact', { emails: ['secret@x.example'] });
    expect(answer.status).toBe(409);
    expect(answer.body.message).not.toContain(body.id);
  });

  it('keeps companies apart: the same email is another person there', async () => {
    const other = await server.company();
    const here = await company.admin.post('/v1/contact', { emails: ['apart@x.example'] });
    const there = await other.admin.post('/v1/contact', { emails: ['apart@x.example'] });
    expect(there.body.id).not.toBe(here.body.id);
    expect((await other.admin.get(`/v1/contact/${here.body.id}`)).status).toBe(404);
  });

  it('names the fields it ignores, but not the read-only ones', async () => {
    const { headers } = await company.admin.post('/v1/contact', {
      fullName: 'Someone',
      zodiac: 'lion',
      version: 9,
      location: { city: 'Bonn', planet: 'Earth' },
    });
    expect(headers.get('x-ignored-fields')).toBe('zodiac, location.planet');
  });
});
