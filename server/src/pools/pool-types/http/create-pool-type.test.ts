import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../test/at-once.ts';
import { knowsItsCallers } from '../../../../test/every-operation.ts';
import { auditTrail } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';

const world = twoCompanies();
const create = (body: unknown) => world.company.admin.post('/v1/pooltype', body);
const someName = () => `Type ${randomUUID()}`;
const values = (...given: object[]) => ({ name: someName(), steps: { values: given } });

describe('POST /v1/pooltype', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: '/v1/pooltype', body: { name: someName() } }));

  it('200: answers the type and where it is, and leaves an audit row', async () => {
    const { status, body, headers } = await create({
      name: '  Campus ',
      description: 'Fairs and visits',
      steps: { sequential: true, values: [{ name: ' Met ' }, { id: 'second', name: 'Called' }] },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: body.id,
      companyId: String(world.company.id),
      name: 'Campus',
      description: 'Fairs and visits',
      createdAt: expect.any(String),
      steps: {
        sequential: true,
        values: [
          { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Met' },
          { id: 'second', name: 'Called' },
        ],
      },
    });
    expect(headers.get('location')).toBe(`/v1/pooltype/${body.id}`);
    expect((await world.company.admin.get(`/v1/pooltype/${body.id}`)).body).toEqual(body);
    expect(await auditTrail(world.server, body.id)).toEqual(['pool-type.create']);
  });

  it('200: a name is enough; what is unset is left out', async () => {
    const { body } = await create({ name: 'Plain', description: null });
    expect(body).toEqual({
      id: body.id,
      companyId: String(world.company.id),
      name: 'Plain',
      createdAt: body.createdAt,
      steps: { sequential: false, values: [] },
    });
  });

  it('200: what is read-only is ignored without a word', async () => {
    const id = randomUUID();
    const { body, headers } = await create({
      id,
      companyId: '1',
      createdAt: '2000-01-01',
      name: someName(),
    });
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(body).toMatchObject({ companyId: String(world.company.id) });
    expect(body.id).not.toBe(id);
    expect(body.createdAt).not.toContain('2000');
  });

  it('200: an admin may; two types may have steps of one id; another company may use the same name', async () => {
    const admin = await world.company.user('admin');
    const body = { name: someName(), steps: { values: [{ id: 'first', name: 'First' }] } };
    expect((await admin.post('/v1/pooltype', body)).status).toBe(200);
    expect((await admin.post('/v1/pooltype', { ...body, name: someName() })).status).toBe(200);
    expect((await world.other.admin.post('/v1/pooltype', body)).status).toBe(200);
  });

  it.each([
    ['no name', {}, 'name: is required'],
    ['a blank name', { name: '  ' }, 'name: must not be empty'],
    ['a long name', { name: 'x'.repeat(201) }, 'name: must be at most 200 characters long'],
    ['steps that are no object', { name: 'x', steps: [] }, 'steps: must be an object'],
    [
      'two steps of one name',
      values({ name: 'Met' }, { name: 'met ' }),
      'steps.values[1].name: must not be the name of another step',
    ],
    [
      'two steps of one id',
      values({ id: 'a', name: 'Met' }, { id: 'A', name: 'Called' }),
      'steps.values[1].id: must not be the id of another step',
    ],
    ['a blank step', values({ name: ' ' }), 'steps.values[0].name: must not be empty'],
    ['an empty id', values({ id: '', name: 'x' }), 'steps.values[0].id: must not be empty'],
    [
      'a long id',
      values({ id: 'x'.repeat(101), name: 'x' }),
      'steps.values[0].id: must be at most 100 characters long',
    ],
    [
      'too many steps',
      values(...Array.from({ length: 101 }, (_, index) => ({ name: `${index}` }))),
      'steps.values: must have at most 100 entries',
    ],
  ])('400: %s', async (_what, body, message) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
  });

  it.each(['team_member', 'marketing_admin', 'recruiter_team_member', 'limited', 'restricted'] as const)(
    '403: for %s',
    async (role) => {
      const caller = await world.company.user(role);
      expect((await caller.post('/v1/pooltype', { name: someName() })).status).toBe(403);
    },
  );

  it('409: a name that is taken, whatever its case', async () => {
    const name = someName();
    await create({ name });
    expect((await create({ name: ` ${name.toUpperCase()}` })).status).toBe(409);
  });

  it('409: of several at once with one name, one is made', async () => {
    const name = someName();
    expect(await atOnce(4, () => create({ name }))).toEqual([200, 409, 409, 409]);
  });
});
