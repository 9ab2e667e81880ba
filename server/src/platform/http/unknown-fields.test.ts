import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newUser, someEmail } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

describe('unknown fields', () => {
  const world = twoCompanies();
  const ignored = ({ headers }: { headers: Headers }) => headers.get('x-ignored-fields');

  it('200: are named by their paths, each once, and never kept', async () => {
    const answer = await world.company.admin.post('/v1/contact', {
      fullName: 'Ada King',
      zodiac: 'sagittarius',
      experience: [
        { role: 'Analyst', salary: 1 },
        { role: 'Countess', salary: 2 },
      ],
      integrations: { jazz: { id: someEmail(), url: 'https://jazz.example' }, lever: { id: '1' } },
    });
    expect(answer.status).toBe(200);
    expect(ignored(answer)).toBe('zodiac, experience[].salary, integrations.jazz.url, integrations.lever');
    const kept = JSON.stringify((await world.company.admin.get(contactPath(answer.body.id))).body);
    expect(kept).not.toMatch(/zodiac|salary|lever|jazz\.example/);
  });

  it('200: in the query too, with a question mark', async () => {
    const paths = ['/v1/contacts?starting_after=7&limit=1', '/v1/users?starting_after=7'];
    for (const path of paths) {
      const answer = await world.company.admin.get(path);
      expect([answer.status, ignored(answer)]).toEqual([200, '?starting_after']);
    }
    const { id } = await newContact(world.company.admin);
    const patched = await world.company.admin.patch(contactPath(id, '?notify=no'), { zodiac: 'x' });
    expect(ignored(patched)?.split(', ').toSorted()).toEqual(['?notify', 'zodiac']);
  });

  it('200: those of a user alike, but nothing that is read-only', async () => {
    const { id, ...rest } = await newUser(world.company);
    const answer = await world.company.admin.put(`/v1/user/${id}`, { ...rest, id, nickname: 'Teddy' });
    expect([answer.status, ignored(answer)]).toEqual([200, 'nickname']);
  });

  it('200: no header where nothing is ignored', async () => {
    expect(ignored(await world.company.admin.get('/v1/contacts?email='))).toBeNull();
  });

  it('200: whatever they are called, the header is plain and not endless', async () => {
    const odd = { 'a, b': 1, 'ü\r\nx-injected: 1': 1, ['x'.repeat(10_000)]: 1 };
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, nth) => [`field${nth}`, nth]));
    const answer = await world.company.admin.post('/v1/contact', { fullName: 'Ada', ...odd, ...many });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-injected')).toBeNull();
    expect(ignored(answer)).toMatch(/^[\x21-\x7e ]{1,1000}$/);
    expect(ignored(answer)).toMatch(/and 83 more$/);
  });
});

describe('unknown fields in strict mode', () => {
  const world = twoCompanies({ strict: true });

  it.each([
    ['emials', 'emails', { fullName: 'Ada', emials: [] }],
    ['fullname', 'fullName', { fullname: 'Ada' }],
    ['experience[].organizationName', 'organisationName', { experience: [{ organizationName: 'X' }] }],
    [
      'location.geoPoint.long',
      'lon',
      { fullName: 'Ada', location: { geoPoint: { lat: 1, lon: 1, long: 1 } } },
    ],
  ])('400: %s, did you mean %s?', async (path, meant, body) => {
    const answer = await world.company.admin.post('/v1/contact', body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(`${path}: is not known here; did you mean ${meant}?`);
  });

  it.each([
    ['/v1/contacts?sort_filed=id', '?sort_filed: is not known here; did you mean ?sort_field?'],
    ['/v1/contacts/deleted?afterid=7', '?afterid: is not known here; did you mean ?afterId?'],
    ['/v1/users?skip=20', '?skip: is not known here'],
    ['/v1/contacts?starting_after=7', '?starting_after: is not known here'],
  ])('400: %s: %s', async (path, message) => {
    const { status, body } = await world.company.admin.get(path);
    expect(status).toBe(400);
    expect(body.message).toContain(message);
  });

  it('400: one that is like nothing is named all the same, and nothing is written', async () => {
    const email = someEmail();
    const { status, body } = await world.company.admin.post('/v1/contact', { emails: [email], zodiac: 'x' });
    expect([status, body.message]).toEqual([400, 'zodiac: is not known here']);
    expect((await world.company.admin.get(`/v1/contacts?email=${email}`)).body.total_count).toBe(0);
  });

  it('200: what is answered can still be sent back', async () => {
    const made = await newContact(world.company.admin, { experience: [{ role: 'Analyst', current: true }] });
    expect((await world.company.admin.patch(contactPath(made.id), made)).status).toBe(200);
  });
});
