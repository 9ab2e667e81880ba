import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newCustomField } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const options = [
  { id: 'red', label: 'Red' },
  { id: 'blue', label: 'Deep blue' },
];
const field = (type: string, more: object = {}) =>
  newCustomField(world.company, { type, ...(type.endsWith('Select') ? { options } : {}), ...more });
const contact = (more: object = {}) => newContact(world.company.admin, more);
const patch = (id: string, customFields: unknown) =>
  world.company.admin.patch(contactPath(id), { customFields });

describe('the custom fields of a contact', () => {
  it.each([
    ['text', { value: 'Anything' }, { value: 'Anything', displayValue: 'Anything' }],
    ['text', { value: '' }, { value: '', displayValue: '' }],
    ['number', { value: 7.5 }, { value: 7.5, displayValue: '7.5' }],
    ['number', { value: '7' }, { value: '7', displayValue: '7' }],
    ['date', { value: '2026-02-01' }, { value: '2026-02-01T00:00:00.000Z', displayValue: '2026-02-01' }],
    ['boolean', { value: false }, { value: false, displayValue: 'false' }],
    ['singleSelect', { value: 'red' }, { value: 'red', displayValue: 'Red' }],
    ['singleSelect', { value: 'deep BLUE' }, { value: 'blue', displayValue: 'Deep blue' }],
    [
      'multiSelect',
      { values: ['Deep blue', 'red', 'red'] },
      { values: ['blue', 'red'], displayValue: 'Deep blue, Red' },
    ],
    ['multiSelect', { value: 'red' }, { values: ['red'], displayValue: 'Red' }],
  ])('200: a %s takes %j', async (type, given, kept) => {
    const { id, name, displayName } = await field(type);
    const made = await contact({ customFields: [{ id, ...given }] });
    expect(made.customFields).toEqual([{ id, name, displayName, visibleTo: [], ...kept }]);
    expect((await patch(made.id, made.customFields)).body).toEqual(made);
  });

  it.each([
    ['text', { value: 7 }, '.value'],
    ['text', { values: ['a'] }, '.values'],
    ['number', { value: 'seven' }, '.value'],
    ['number', { value: true }, '.value'],
    ['number', { value: '0x10' }, '.value'],
    ['date', { value: 'tomorrow' }, '.value'],
    ['date', { value: 20260201 }, '.value'],
    ['boolean', { value: 'yes' }, '.value'],
    ['boolean', { value: 1 }, '.value'],
    ['singleSelect', { value: 'green' }, '.value'],
    ['singleSelect', { values: ['red'] }, '.values'],
    ['multiSelect', { values: ['red', 'green'] }, '.values[1]'],
    ['multiSelect', { values: 'red' }, '.values'],
    ['multiSelect', { values: [7] }, '.values[0]'],
  ])('400: a %s does not take %j', async (type, given, at) => {
    const [fine, { id }] = [await field('text'), await field(type)];
    const made = await contact();
    const { status, body } = await patch(made.id, [
      { id: fine.id, value: 'x' },
      { id, ...given },
    ]);
    expect([status, body.message.split(': ')[0]]).toEqual([400, `customFields[1]${at}`]);
    expect((await world.company.admin.get(contactPath(made.id))).body).toEqual(made);
  });

  it('400: a number that is none in JavaScript', async () => {
    const { id } = await field('number');
    const made = await contact();
    const answer = await world.server.call('PATCH', contactPath(made.id), {
      token: world.company.admin.token,
      body: `{"customFields": [{"id": "${id}", "value": 1e400}]}`,
    });
    expect([answer.status, answer.body.message.split(': ')[0]]).toEqual([400, 'customFields[0].value']);
  });

  it('200: a change replaces all of them; null, no values and an empty list clear', async () => {
    const [one, two] = [await field('text'), await field('multiSelect')];
    const { id } = await contact({
      customFields: [
        { id: one.id, value: 'x' },
        { id: two.id, values: ['red'] },
      ],
    });
    const idsAfter = async (customFields: unknown) =>
      (await patch(id, customFields)).body.customFields.map((entry: { id: string }) => entry.id);
    expect(await idsAfter([{ id: two.id, values: ['blue'] }])).toEqual([two.id]);
    expect(
      await idsAfter([
        { id: one.id, value: 'y' },
        { id: two.id, values: [] },
      ]),
    ).toEqual([one.id]);
    expect(await idsAfter([{ id: one.id, value: null }])).toEqual([]);
    await patch(id, [{ id: one.id, value: 'z' }]);
    expect(await idsAfter([])).toEqual([]);
    await patch(id, [{ id: one.id, value: 'z' }]);
    expect(await idsAfter(null)).toEqual([]);
  });

  it("400: a field twice, one that is not there, and another company's alike", async () => {
    const { id } = await field('text');
    const made = await contact();
    const twice = await patch(made.id, [
      { id, value: 'x' },
      { id: id.toUpperCase(), value: 'y' },
    ]);
    expect([twice.status, twice.body.message.split(': ')[0]]).toEqual([400, 'customFields[1].id']);
    const theirs = await newCustomField(world.other, { type: 'text' });
    const refusals = await Promise.all(
      [theirs.id, randomUUID(), 'none'].map((wrong) => patch(made.id, [{ id: wrong, value: 'x' }])),
    );
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400]);
    expect(new Set(refusals.map(({ body }) => body.message)).size).toBe(1);
  });

  describe('that some roles alone see', () => {
    async function veiled() {
      const [open, secret] = await Promise.all([
        field('text'),
        field('text', { visibleTo: ['recruiter_team_member'] }),
      ]);
      const customFields = [
        { id: open.id, value: 'seen' },
        { id: secret.id, value: 'hidden' },
      ];
      const made = await contact({ customFields });
      const shown = (body: { customFields: { id: string; value: string }[] }) =>
        Object.fromEntries(
          body.customFields.map(({ id, value }) => [id === secret.id ? 'secret' : 'open', value]),
        );
      return { open, secret, made, shown };
    }

    it('200: a reader without the role finds the entry in no read, one with it in all', async () => {
      const { made, shown } = await veiled();
      const [blind, sighted] = [
        await world.company.user('team_member'),
        await world.company.user('recruiter_team_member'),
      ];
      for (const [reader, sees] of [
        [blind, { open: 'seen' }],
        [sighted, { open: 'seen', secret: 'hidden' }],
        [world.company.admin, { open: 'seen', secret: 'hidden' }],
      ] as const) {
        expect(shown((await reader.get(contactPath(made.id))).body)).toEqual(sees);
        const { contacts } = (await reader.get(`/v1/contacts?email=${made.primaryEmail}`)).body;
        expect(shown(contacts[0])).toEqual(sees);
      }
    });

    it('200: what a writer without the role changes keeps the entry, which no answer to it shows', async () => {
      const { open, made, shown } = await veiled();
      const blind = await world.company.user('team_member');
      const path = contactPath(made.id);
      const answers = [
        await blind.patch(path, { customFields: [{ id: open.id, value: 'changed' }] }),
        await blind.post('/v1/contact', { emails: made.emails, skills: ['COBOL'] }),
        await blind.post(`${path}/archive`),
        await blind.post(`${path}/unarchive`),
      ];
      for (const { status, body } of answers)
        expect([status, shown(body)]).toEqual([200, { open: 'changed' }]);
      expect((await blind.patch(path, { customFields: [] })).body.customFields).toEqual([]);
      expect(shown((await world.company.admin.get(path)).body)).toEqual({ secret: 'hidden' });
    });

    it('200: a super admin sees and replaces the entry, which is then there once', async () => {
      const { secret, made } = await veiled();
      const { body } = await patch(made.id, [{ id: secret.id, value: 'replaced' }]);
      expect(body.customFields).toEqual([expect.objectContaining({ id: secret.id, value: 'replaced' })]);
      expect((await world.company.admin.get(contactPath(made.id))).body).toEqual(body);
    });

    it('400: a writer without the role names it like a field that never was', async () => {
      const { secret, made } = await veiled();
      const blind = await world.company.user('team_member');
      const refusal = async (id: string) =>
        (await blind.patch(contactPath(made.id), { customFields: [{ id, value: 'x' }] })).body.message;
      expect(await refusal(secret.id)).toBe(await refusal(randomUUID()));
      expect(await refusal(secret.id)).toMatch(/^customFields\[0\]\.id: /);
    });
  });
});
