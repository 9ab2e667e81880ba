import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startServer, type TestCompany, type TestServer } from '../../../../test/harness.ts';

const PATH = '/v1/contact/customfields';
let server: TestServer;
let company: TestCompany;
let other: TestCompany;
let admin: Caller;
let member: Caller;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
  other = await server.company();
  admin = await company.user('admin');
  member = await company.user('team_member');
});
afterAll(() => server.close());

const field = async (more: object = {}) =>
  (await company.admin.post(PATH, { name: `Field ${randomUUID()}`, type: 'text', ...more })).body;
const select = (...labels: string[]) =>
  field({ type: 'singleSelect', options: labels.map((label) => ({ label })) });
const recompositions = (ref: string) =>
  server.sql("select payload from outbox where topic = 'contacts.recompose' and payload ->> 'ref' = $1", [
    ref,
  ]);

/** A contact of the company that carries a value of the field. */
async function carry(fieldId: string, content: object, companyId = company.id): Promise<void> {
  const wire = {
    customFields: [
      { id: randomUUID(), value: 'x' },
      { id: fieldId, ...content },
    ],
  };
  await server.sql(
    `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, refs, wire)
     values ($1, $2, clock_timestamp(), 0, clock_timestamp(), 0, $3, $4)`,
    [companyId, randomUUID(), [fieldId], JSON.stringify(wire)],
  );
}

describe('GET /v1/contact/customfields', () => {
  it('200: oldest first, a page at a time', async () => {
    const own = await server.company();
    for (const name of ['a', 'b', 'c']) await own.admin.post(PATH, { name, type: 'number' });
    const reader = await own.user('restricted');
    const { status, body } = await reader.get(`${PATH}?limit=2&offset=1`);
    expect(status).toBe(200);
    expect(body.totalCount).toBe(3);
    expect(body.customFields.map(({ name }: { name: string }) => name)).toEqual(['b', 'c']);
    expect((await other.admin.get(PATH)).body).toEqual({ customFields: [], totalCount: 0 });
  });

  it('200: a field is there for its roles and for super admins only', async () => {
    const own = await server.company();
    await own.admin.post(PATH, {
      name: 'For recruiters',
      type: 'text',
      visibleTo: ['recruiter_team_member'],
    });
    await own.admin.post(PATH, { name: 'For all', type: 'text' });
    const names = async (caller: Caller) => {
      const { body } = await caller.get(PATH);
      expect(body.customFields).toHaveLength(body.totalCount);
      return body.customFields.map(({ name }: { name: string }) => name);
    };
    expect(await names(own.admin)).toEqual(['For recruiters', 'For all']);
    expect(await names(await own.user('limited', 'recruiter_team_member'))).toEqual([
      'For recruiters',
      'For all',
    ]);
    expect(await names(await own.user('admin'))).toEqual(['For all']);
  });

  it('400: an offset that is no number', async () => {
    expect((await member.get(`${PATH}?offset=second`)).status).toBe(400);
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', PATH)).status).toBe(401);
  });
});

describe('POST /v1/contact/customfields', () => {
  it('200: answers the definition and where it is, and leaves an audit row', async () => {
    const { status, body, headers } = await admin.post(PATH, { name: ' Notice period ', type: 'number' });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      name: 'Notice period',
      displayName: 'Notice period',
      type: 'number',
      options: [],
      visibleTo: [],
      createdAt: expect.any(String),
    });
    expect(headers.get('location')).toBe(`${PATH}/${body.id}`);
    expect((await member.get(`${PATH}/${body.id}`)).body).toEqual(body);
    const rows = await server.sql('select action, fields from audit_entry where subject_id = $1', [body.id]);
    expect(rows).toEqual([{ action: 'contact-custom-field.create', fields: ['name', 'type'] }]);
  });

  it.each(['singleSelect', 'multiSelect'])(
    '200: %s, with ids given to the options without one',
    async (type) => {
      const made = await field({
        type,
        displayName: 'Colour',
        options: [{ id: 'red', label: ' Red ' }, { label: 'Blue' }],
        visibleTo: ['admin', 'limited'],
      });
      expect(made).toMatchObject({ type, displayName: 'Colour', visibleTo: ['admin', 'limited'] });
      expect(made.options).toEqual([
        { id: 'red', label: 'Red' },
        { id: expect.stringMatching(/^[0-9a-f-]{36}$/), label: 'Blue' },
      ]);
    },
  );

  it('200: another company may use the same name', async () => {
    const { name } = await field();
    expect((await other.admin.post(PATH, { name, type: 'date' })).status).toBe(200);
  });

  it.each([
    ['no name', { type: 'text' }, 'name: is required'],
    ['a blank name', { name: ' ', type: 'text' }, 'name: must not be empty'],
    ['no type', { name: 'x' }, 'type: is required'],
    [
      'a type of its own',
      { name: 'x', type: 'colour' },
      'type: must be one of text, number, date, boolean, singleSelect, multiSelect',
    ],
    [
      'options of a text',
      { name: 'x', type: 'text', options: [{ label: 'a' }] },
      'options: must be empty for a field that is no select',
    ],
    [
      'a select without options',
      { name: 'x', type: 'multiSelect' },
      'options: must have at least 1 entry for a select',
    ],
    [
      'one label twice',
      { name: 'x', type: 'singleSelect', options: [{ label: 'Red' }, { label: 'RED ' }] },
      'options[1].label: must not be the label of another option',
    ],
    [
      'one option id twice',
      {
        name: 'x',
        type: 'singleSelect',
        options: [
          { id: '1', label: 'a' },
          { id: '1', label: 'b' },
        ],
      },
      'options[1].id: must not be the id of another option',
    ],
    [
      'a blank label',
      { name: 'x', type: 'singleSelect', options: [{ label: ' ' }] },
      'options[0].label: must not be empty',
    ],
  ])('400: %s', async (_what, body, message) => {
    const answer = await admin.post(PATH, body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
  });

  it('400: visible to a role that is none of the eleven', async () => {
    const answer = await admin.post(PATH, { name: 'x', type: 'text', visibleTo: ['admin', 'boss'] });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(/^visibleTo\[1\]: must be one of super_admin, admin, /);
  });

  it('401: without a token', async () => {
    expect((await server.call('POST', PATH, { body: { name: 'x', type: 'text' } })).status).toBe(401);
  });

  it('403: without the right to change settings', async () => {
    expect((await member.post(PATH, { name: 'x', type: 'text' })).status).toBe(403);
  });

  it('409: a name that is taken, whatever its case', async () => {
    const { name } = await field();
    const answer = await admin.post(PATH, { name: name.toUpperCase(), type: 'text' });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toBe('name: is already the name of a custom field');
  });

  it('409: of two at once with one name, one is made', async () => {
    const made = await Promise.all(
      ['One moment', 'one MOMENT'].map((name) => admin.post(PATH, { name, type: 'text' })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('GET /v1/contact/customfields/{customfieldid}', () => {
  it('200: for its roles, and for a super admin always', async () => {
    const { id } = await field({ visibleTo: ['team_member'] });
    expect((await member.get(`${PATH}/${id}`)).status).toBe(200);
    expect((await company.admin.get(`${PATH}/${id}`)).status).toBe(200);
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', `${PATH}/${randomUUID()}`)).status).toBe(401);
  });

  it("404: the same answer for an unknown id, another company's, and a field of other roles", async () => {
    const { id } = await field({ visibleTo: ['confidential'] });
    const answers = [
      await member.get(`${PATH}/${randomUUID()}`),
      await member.get(`${PATH}/none`),
      await member.get(`${PATH}/${id}`),
      await other.admin.get(`${PATH}/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body.message)).size).toBe(1);
  });
});

describe('PATCH /v1/contact/customfields/{customfieldid}', () => {
  it('200: changes what it names and has its contacts composed anew', async () => {
    const made = await field({ name: 'Salary', displayName: 'Wanted salary', visibleTo: ['admin'] });
    const answer = await admin.patch(`${PATH}/${made.id}`, { name: 'Salary wanted', visibleTo: [] });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...made, name: 'Salary wanted', visibleTo: [] });
    expect(await recompositions(made.id)).toEqual([{ payload: { ref: made.id } }]);
    const reset = await admin.patch(`${PATH}/${made.id}`, { displayName: null });
    expect(reset.body.displayName).toBe('Salary wanted');
    expect((await member.get(`${PATH}/${made.id}`)).body).toEqual(reset.body);
  });

  it('200: what it answered can be sent back, the type too', async () => {
    const made = await select('Yes', 'No');
    const { body, headers } = await admin.patch(`${PATH}/${made.id}`, made);
    expect(body).toEqual(made);
    expect(headers.get('x-ignored-fields')).toBeNull();
  });

  it('200: an option keeps its id through a new label, and through its label without the id', async () => {
    const { id, options } = await select('Red', 'Blue');
    const [red, blue] = options;
    const { body } = await admin.patch(`${PATH}/${id}`, {
      options: [{ label: 'blue' }, { id: red.id, label: 'Crimson' }, { label: 'Red' }],
    });
    expect(body.options).toEqual([
      { id: blue.id, label: 'blue' },
      { id: red.id, label: 'Crimson' },
      { id: expect.any(String), label: 'Red' },
    ]);
    expect(body.options[2].id).not.toBe(red.id);
  });

  it('200: an option that no contact of this company has chosen goes', async () => {
    const { id, options } = await select('Red', 'Blue', 'Green');
    await carry(id, { value: options[0].id });
    await carry(id, { value: options[1].id }, other.id);
    await carry(randomUUID(), { value: options[2].id });
    const { status, body } = await admin.patch(`${PATH}/${id}`, { options: [options[0]] });
    expect(status).toBe(200);
    expect(body.options).toEqual([options[0]]);
  });

  it('400: another type, no options left', async () => {
    const { id } = await select('Red');
    const typed = await admin.patch(`${PATH}/${id}`, { type: 'multiSelect' });
    expect(typed.status).toBe(400);
    expect(typed.body.message).toBe('type: must stay singleSelect: the type of a field never changes');
    expect((await admin.patch(`${PATH}/${id}`, { options: [] })).status).toBe(400);
  });

  it('401: without a token', async () => {
    expect((await server.call('PATCH', `${PATH}/${randomUUID()}`, { body: {} })).status).toBe(401);
  });

  it('403: without the right to change settings', async () => {
    const { id } = await field();
    expect((await member.patch(`${PATH}/${id}`, { name: 'x' })).status).toBe(403);
  });

  it("404: unknown, another company's, and one that the admin's roles do not see", async () => {
    const { id } = await field({ visibleTo: ['confidential'] });
    expect((await admin.patch(`${PATH}/${randomUUID()}`, { name: 'x' })).status).toBe(404);
    expect((await other.admin.patch(`${PATH}/${id}`, { name: 'x' })).status).toBe(404);
    expect((await admin.patch(`${PATH}/${id}`, { name: 'x' })).status).toBe(404);
  });

  it.each([
    ['a single value', (chosen: string) => ({ value: chosen })],
    ['one of several', (chosen: string) => ({ values: ['gone long ago', chosen] })],
  ])('409: an option that a contact has chosen as %s, and nothing is changed', async (_what, content) => {
    const made = await select('Red', 'Blue');
    await carry(made.id, content(made.options[1].id));
    const answer = await admin.patch(`${PATH}/${made.id}`, { name: 'Changed', options: [made.options[0]] });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toBe('options: "Blue" is in use by contacts and must stay');
    expect((await admin.get(`${PATH}/${made.id}`)).body).toEqual(made);
  });

  it('409: the name of another field, also of two that take it at once', async () => {
    const { name } = await field();
    const [one, two] = [await field(), await field()];
    expect((await admin.patch(`${PATH}/${one.id}`, { name })).status).toBe(409);
    const both = await Promise.all(
      [one, two].map(({ id }) => admin.patch(`${PATH}/${id}`, { name: 'Wanted by two' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('DELETE /v1/contact/customfields/{customfieldid}', () => {
  it('200: also while contacts carry it; they are composed anew', async () => {
    const { id, name } = await field();
    await carry(id, { value: 'kept until the job ran' });
    expect((await admin.delete(`${PATH}/${id}`)).status).toBe(200);
    expect((await company.admin.get(`${PATH}/${id}`)).status).toBe(404);
    expect(await recompositions(id)).toEqual([{ payload: { ref: id } }]);
    expect((await admin.post(PATH, { name, type: 'boolean' })).status).toBe(200);
  });

  it('401: without a token', async () => {
    expect((await server.call('DELETE', `${PATH}/${randomUUID()}`)).status).toBe(401);
  });

  it('403: without the right to change settings', async () => {
    const { id } = await field();
    expect((await member.delete(`${PATH}/${id}`)).status).toBe(403);
  });

  it("404: unknown and another company's; of two at once, one finds it gone", async () => {
    const { id } = await field();
    expect((await other.admin.delete(`${PATH}/${id}`)).status).toBe(404);
    const both = await Promise.all([1, 2].map(() => admin.delete(`${PATH}/${id}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});
