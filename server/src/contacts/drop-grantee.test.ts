import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { contactPath, newContact, newTeam } from '../../test/factories.ts';
import { twoCompanies } from '../../test/world.ts';
import { dropGrantee } from './drop-grantee.ts';

const world = twoCompanies();

it('ends the shares of a team with more contacts than a batch, and of erased ones, and no other’s', async () => {
  const { admin, id: companyId } = world.company;
  const [going, staying] = await Promise.all([newTeam(world.company), newTeam(world.company)]);
  const shares = { teams: [going.id, staying.id], users: [] };
  const model = await newContact(admin, { confidentiality: { mode: 'shares-only', shares } });
  const ids = Array.from({ length: 450 }, () => randomUUID());
  await world.server.sql(
    `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, shares_only, wire)
     select $1, w.id, now() + w.place * interval '1 ms', 0, now() + w.place * interval '1 ms', 0, true,
       jsonb_set(m.wire::jsonb, '{id}', to_jsonb(w.id))::json
     from unnest($2::uuid[]) with ordinality w(id, place), contact m where m.company_id = $1 and m.id = $3`,
    [companyId, ids, model.id],
  );
  await world.server.sql(
    `insert into contact_share (company_id, contact_id, grantee_id, grantee_kind)
     select $1, i, g, 'team' from unnest($2::uuid[]) i, unnest($3::uuid[]) g`,
    [companyId, ids, [going.id, staying.id]],
  );
  await admin.delete(contactPath(ids[0]!));

  await world.server.database.transaction(async (tx) => {
    const run = vi.fn(tx.run);
    await dropGrantee({ ...tx, run: run as typeof tx.run }, companyId, going.id);
    const read = await Promise.all(run.mock.results.map(({ value }) => value));
    expect(Math.max(...read.map((rows) => rows.length))).toBeLessThanOrEqual(200);
  });

  const left = await world.server.sql(
    'select grantee_id, count(*)::int as count from contact_share where company_id = $1 group by 1',
    [companyId],
  );
  expect(left).toEqual([{ grantee_id: staying.id, count: 451 }]);
  const wires = await world.server.sql(
    `select distinct wire #>> '{confidentiality,shares}' as shares, wire ->> 'version' as version
     from contact where company_id = $1 and wire is not null`,
    [companyId],
  );
  expect(wires).toEqual([
    { shares: JSON.stringify({ teams: [staying.id], users: [] }), version: String(model.version) },
  ]);
});
