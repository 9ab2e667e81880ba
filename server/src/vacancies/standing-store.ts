import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { isoMoment } from '../platform/time.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { Move, Past, Standing } from './standing.ts';

const ofContact = statement({
  name: 'vacancy.standings-of-contact',
  text: `
    select vc.vacancy_id, vc.stage_id, vc.stage_at, vc.added_at, vc.priority,
      vc.rejection_id, vc.rejection_value, vc.rejected_at
    from vacancy_contact vc where vc.company_id = $1 and vc.contact_id = $2`,
  parameters: ['int4', 'uuid'],
  row: {
    vacancy_id: 'uuid',
    stage_id: 'text',
    stage_at: 'timestamptz',
    added_at: 'timestamptz',
    priority: 'text?',
    rejection_id: 'text?',
    rejection_value: 'text?',
    rejected_at: 'timestamptz?',
  },
});

const lastMoves = statement({
  name: 'vacancy.last-moves-of-contact',
  text: `
    select m.vacancy_id, max(m.at) as at from vacancy_move m
    where m.company_id = $1 and m.contact_id = $2
    group by m.vacancy_id`,
  parameters: ['int4', 'uuid'],
  row: { vacancy_id: 'uuid', at: 'timestamptz' },
});

const store = statement({
  name: 'vacancy.store-standings',
  text: `
    with wanted as (
      select * from jsonb_to_recordset($3) as w(vacancy_id uuid, stage_id text, stage_at timestamptz, added_at timestamptz,
        priority text, rejection_id text, rejection_value text, rejected_at timestamptz)),
    gone as (
      delete from vacancy_contact vc where vc.company_id = $1 and vc.contact_id = $2 and vc.vacancy_id = any ($4)
    )
    insert into vacancy_contact (company_id, contact_id, vacancy_id, stage_id, stage_at, added_at, priority,
      rejection_id, rejection_value, rejected_at)
    select $1, $2, w.vacancy_id, w.stage_id, w.stage_at, w.added_at, w.priority,
      w.rejection_id, w.rejection_value, w.rejected_at
    from wanted w
    on conflict (company_id, vacancy_id, contact_id) do update
    set stage_id = excluded.stage_id, stage_at = excluded.stage_at, added_at = excluded.added_at,
      priority = excluded.priority, rejection_id = excluded.rejection_id,
      rejection_value = excluded.rejection_value, rejected_at = excluded.rejected_at`,
  parameters: ['int4', 'uuid', 'jsonb', 'uuid[]'],
});

const record = statement({
  name: 'vacancy.record-moves',
  text: `
    insert into vacancy_move (company_id, id, vacancy_id, contact_id, kind, at, actor_id, from_id, from_value,
      to_id, to_value, rejection_id, rejection_value)
    select $1, w.id, w.vacancy_id, $2, w.kind, w.at, $3, w.from_id, w.from_value,
      w.to_id, w.to_value, w.rejection_id, w.rejection_value
    from jsonb_to_recordset($4) as w(id uuid, vacancy_id uuid, kind text, at timestamptz, from_id text, from_value text,
      to_id text, to_value text, rejection_id text, rejection_value text)`,
  parameters: ['int4', 'uuid', 'uuid', 'jsonb'],
});

const forgetContact = statement({
  name: 'vacancy.forget-contact',
  text: `
    with moves as (delete from vacancy_move m where m.company_id = $1 and m.contact_id = $2)
    delete from vacancy_contact vc where vc.company_id = $1 and vc.contact_id = $2`,
  parameters: ['int4', 'uuid'],
});

/** Where the contact is and was, by the vacancies' ids. */
export async function pastsOf(sql: Sql, companyId: number, contactId: string): Promise<Map<string, Past>> {
  const [standings, moves] = await Promise.all([
    sql.run(ofContact, [companyId, contactId]),
    sql.run(lastMoves, [companyId, contactId]),
  ]);
  const pasts = new Map<string, Past>(moves.map(({ vacancy_id, at }) => [vacancy_id, { last: at }]));
  for (const row of standings)
    pasts.set(row.vacancy_id, { ...pasts.get(row.vacancy_id), standing: standingOf(row) });
  return pasts;
}

/** A row of vacancy_contact, from a statement or out of JSON. */
export interface StandingRow {
  stage_id: string;
  stage_at: string;
  added_at: string;
  priority: string | null;
  rejection_id: string | null;
  rejection_value: string | null;
  rejected_at: string | null;
}

export function standingOf(row: StandingRow): Standing {
  return {
    stageId: row.stage_id,
    stageAt: isoMoment(row.stage_at),
    addedAt: isoMoment(row.added_at),
    ...(row.priority === null ? {} : { priority: row.priority }),
    ...(row.rejection_id === null || row.rejected_at === null
      ? {}
      : {
          rejection: {
            id: row.rejection_id,
            ...(row.rejection_value === null ? {} : { value: row.rejection_value }),
            date: isoMoment(row.rejected_at),
          },
        }),
  };
}

/** What is to be written of one contact, each with the id of its vacancy. */
export interface StandingChanges {
  standings: [vacancyId: string, standing: Standing][];
  /** The vacancies that it leaves. */
  left: string[];
  moves: [vacancyId: string, move: Move][];
}

export async function storeStandings(
  sql: Sql,
  { companyId, userId }: { companyId: number; userId: string },
  contactId: string,
  { standings, left, moves }: StandingChanges,
): Promise<void> {
  const rows = standings.map(([vacancy_id, { stageId, stageAt, addedAt, priority, rejection }]) => ({
    vacancy_id,
    stage_id: stageId,
    stage_at: stageAt,
    added_at: addedAt,
    priority,
    rejection_id: rejection?.id,
    rejection_value: rejection?.value,
    rejected_at: rejection?.date,
  }));
  const entries = moves.map(([vacancy_id, { kind, at, from, to, rejection }]) => ({
    id: uuidv7(),
    vacancy_id,
    kind,
    at,
    from_id: from?.id,
    from_value: from?.value,
    to_id: to?.id,
    to_value: to?.value,
    rejection_id: rejection?.id,
    rejection_value: rejection?.value,
  }));
  await Promise.all([
    sql.run(store, [companyId, contactId, JSON.stringify(rows), left]),
    sql.run(record, [companyId, contactId, userId, JSON.stringify(entries)]),
  ]);
}

/** A contact that is deleted leaves every vacancy, and its moves go with it. */
export async function forgetStandings(sql: Sql, companyId: number, contactId: string): Promise<void> {
  await sql.run(forgetContact, [companyId, contactId]);
}
