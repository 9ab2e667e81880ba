import { describe, expect, it } from 'vitest';
import { twoCompanies } from '../../../../test/world.ts';
import { holdFields } from '../field-store.ts';
import { answered, fieldPath, newField, newSelect, somethingWaits, valued } from './fixtures/fields.ts';

const world = twoCompanies();
const patch = (id: string, change: unknown) => world.company.admin.patch(fieldPath(id), change);
const read = async (id: string) => (await world.company.admin.get(fieldPath(id))).body;

describe("PATCH /v1/attractEvents/customfields/{customFieldId}: a select's options", () => {
  it('200: are replaced whole and keep their ids, by id or by label, whatever the case', async () => {
    const { id, options } = await newSelect(world.company, 'Small', 'Medium', 'Large');
    const [small, medium, large] = options;
    const { body } = await patch(id, {
      options: [
        { label: 'LARGE' },
        { id: small.id.toUpperCase(), label: 'Tiny' },
        { id: 'ours', label: 'Huge' },
        { label: 'Small' },
      ],
    });
    expect(body.options).toEqual([
      { id: large.id, label: 'LARGE' },
      { id: small.id, label: 'Tiny' },
      { id: 'ours', label: 'Huge' },
      { id: expect.any(String), label: 'Small' },
    ]);
    expect([small, medium, large].map((option) => option.id)).not.toContain(body.options[3].id);
    expect(await read(id)).toEqual(body);
  });

  it('200: another order alone is a change', async () => {
    const { id, options, updatedAt } = await newSelect(world.company, 'Small', 'Large');
    const { body } = await patch(id, { options: options.toReversed() });
    expect(body.options).toEqual(options.toReversed());
    expect(body.updatedAt).not.toBe(updatedAt);
  });

  it('200: one that is in use may be named anew', async () => {
    const { server, company } = world;
    const { id, options } = await newSelect(company, 'Small', 'Large');
    await valued(server, company, id, { choices: [options[0].id] });
    const { status, body } = await patch(id, { options: [{ id: options[0].id, label: 'Tiny' }] });
    expect(status).toBe(200);
    expect(body.options).toEqual([{ id: options[0].id, label: 'Tiny' }]);
  });

  it('200: one goes that no event and no attendee has chosen in this field of this company', async () => {
    const { server, company, other } = world;
    const { id, options } = await newSelect(company, 'Small', 'Large');
    const same = { type: 'multiSelect', options };
    await valued(server, company, id, { choices: [options[0].id] });
    const [eventId] = await valued(server, company, (await newField(company, same)).id, {
      choices: [options[1].id],
    });
    await answered(server, company, { eventId: eventId!, fieldId: id, choices: [options[0].id] });
    await valued(server, other, (await newField(other, same)).id, { choices: [options[1].id] });
    const { status, body } = await patch(id, { options: [options[0]] });
    expect(status).toBe(200);
    expect(body.options).toEqual([options[0]]);
  });

  it('409: one that an event has chosen, alone or among others; nothing is changed', async () => {
    const { server, company } = world;
    const before = await newSelect(company, 'Small', 'Medium', 'Large');
    const [small, medium, large] = before.options;
    await valued(server, company, before.id, { choices: [small.id, large.id] });
    const answer = await patch(before.id, { required: true, options: [small, medium] });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toBe('options: "Large" is in use by events or their attendees and must stay');
    expect(await read(before.id)).toEqual(before);
    expect((await patch(before.id, { options: [small, large] })).status).toBe(200);
  });

  it("409: one that an attendee's answer has chosen", async () => {
    const { server, company } = world;
    const before = await newSelect(company, 'Vegan', 'Any');
    const [eventId] = await valued(server, company, (await newField(company)).id);
    await answered(server, company, {
      eventId: eventId!,
      fieldId: before.id,
      choices: [before.options[1].id],
    });
    const answer = await patch(before.id, { options: [before.options[0]] });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toContain('"Any"');
    expect(await read(before.id)).toEqual(before);
  });

  it('409: one that an event chooses while it goes', async () => {
    const { server, company } = world;
    const before = await newSelect(company, 'Small', 'Large');
    const [eventId] = await valued(server, company, (await newField(company)).id);
    const client = await server.database.connect();
    try {
      await client.query('begin');
      await client.query('select from event_custom_field where id = $1 for share', [before.id]);
      const change = patch(before.id, { options: [before.options[0]] });
      await somethingWaits(server);
      await client.query(
        'insert into event_value (company_id, event_id, field_id, choices) values ($1, $2, $3, $4)',
        [company.id, eventId, before.id, [before.options[1].id]],
      );
      await client.query('commit');
      expect((await change).status).toBe(409);
      expect(await read(before.id)).toEqual(before);
    } finally {
      await client.end();
    }
  });

  it('whoever holds the definitions finds their options unchanged until the end', async () => {
    const { server, company } = world;
    const { id, options } = await newSelect(company, 'Small', 'Large');
    const { changed } = await server.database.transaction(async (tx) => {
      const before = await holdFields(tx, company.id);
      const pending = patch(id, { options: [options[0]] });
      await somethingWaits(server);
      expect(await holdFields(tx, company.id)).toEqual(before);
      return { changed: pending };
    });
    expect((await changed).body.options).toEqual([options[0]]);
  });
});
