import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../test/at-once.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import { auditTrail } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { holdFields } from '../field-store.ts';
import {
  answered,
  FIELDS,
  fieldPath,
  newField,
  newSelect,
  saidTo,
  somethingWaits,
  valued,
} from './fixtures/fields.ts';

const world = twoCompanies();
const field = async () => (await newField(world.company)).id;

describe('DELETE /v1/attractEvents/customfields/{customFieldId}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: fieldPath(await field()) }));
  keepsCompaniesApart(world, 'DELETE', field, fieldPath);

  it('200: answers it as it was; it is gone, its name is free again, and an audit row is there', async () => {
    const { admin } = world.company;
    const made = await newSelect(world.company, 'Small', 'Large');
    const { status, body } = await admin.delete(fieldPath(made.id));
    expect(status).toBe(200);
    expect(body).toEqual(made);
    expect((await admin.get(fieldPath(made.id))).status).toBe(404);
    expect((await admin.post(FIELDS, { name: made.name, type: 'text' })).status).toBe(200);
    expect(await auditTrail(world.server, made.id)).toEqual([
      'event-custom-field.create',
      'event-custom-field.delete',
    ]);
  });

  it("200: its values go along, on events and in answers; another field's stay", async () => {
    const { server, company } = world;
    const [goes, stays] = [await newSelect(company, 'Small', 'Large'), await newField(company)];
    for (const { id, options } of [goes, stays]) {
      const choices = options.length > 0 ? [options[0].id] : null;
      const [eventId] = await valued(server, company, id, { choices });
      await answered(server, company, { eventId: eventId!, fieldId: id, choices });
    }
    expect(await saidTo(server, goes.id)).toBe(2);
    expect((await company.admin.delete(fieldPath(goes.id))).status).toBe(200);
    expect(await saidTo(server, goes.id)).toBe(0);
    expect(await saidTo(server, stays.id)).toBe(2);
  });

  it.each(['team_member', 'marketing_team_member'] as const)('403: for the role %s', async (role) => {
    const id = await field();
    const caller = await world.company.user(role);
    expect((await caller.delete(fieldPath(id))).status).toBe(403);
    expect((await world.company.admin.get(fieldPath(id))).status).toBe(200);
  });

  it('404: of ten at once, nine find it gone', async () => {
    const id = await field();
    const statuses = await atOnce(10, () => world.company.admin.delete(fieldPath(id)));
    expect(statuses).toEqual([200, ...Array(9).fill(404)]);
    expect(await auditTrail(world.server, id)).toEqual([
      'event-custom-field.create',
      'event-custom-field.delete',
    ]);
  });

  it('a value that is written meanwhile goes along too', async () => {
    const { server, company } = world;
    const id = await field();
    const [eventId] = await valued(server, company, await field());
    const client = await server.database.connect();
    try {
      await client.query('begin');
      await client.query('select from event_custom_field where id = $1 for share', [id]);
      const gone = company.admin.delete(fieldPath(id));
      await somethingWaits(server);
      await client.query(
        `insert into event_value (company_id, event_id, field_id, text_value) values ($1, $2, $3, 'Late')`,
        [company.id, eventId, id],
      );
      await client.query('commit');
      expect((await gone).status).toBe(200);
      expect(await saidTo(server, id)).toBe(0);
    } finally {
      await client.end();
    }
  });

  it('whoever holds the definitions reads them until the end', async () => {
    const { server, company } = world;
    const id = await field();
    const deletion = await server.database.transaction(async (tx) => {
      expect((await holdFields(tx, company.id)).map((held) => held.id)).toContain(id);
      const gone = company.admin.delete(fieldPath(id));
      await somethingWaits(server);
      expect((await holdFields(tx, company.id)).map((held) => held.id)).toContain(id);
      return { gone };
    });
    expect((await deletion.gone).status).toBe(200);
  });
});
