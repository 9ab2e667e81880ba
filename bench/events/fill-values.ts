import type pg from 'pg';
import type { BenchCompany } from './company.ts';

/** Of each field on half of the events: a value of its type, spread as such values are. */
const VALUES = `
  insert into event_value (company_id, event_id, field_id, text_value, number_value, moment_value, boolean_value, choices)
  select v.company_id, v.event_id, v.field_id,
    case when v.type = 'text' then 'Campaign ' || floor(1000 * random() ^ 2) end,
    case when v.type = 'number' then floor(1000 * random()) end,
    case when v.type = 'date' then v.start_at - interval '1 day' * floor(90 * random()) end,
    case when v.type = 'boolean' then random() < 0.5 end,
    case when v.type = 'singleSelect' then v.ids[1:1] when v.type = 'multiSelect' then v.ids[1:3] end
  from (
    select e.company_id, e.id as event_id, e.start_at, f.id as field_id, f.type, random() as chance,
      array(select o ->> 'id' from jsonb_array_elements(f.options) o
            where e.id is not null order by random()) as ids
    from event e join event_custom_field f on f.company_id = e.company_id
    where e.company_id = $1) v
  where v.chance < 0.5`;

export async function fillValues(client: pg.Client, { id }: BenchCompany): Promise<void> {
  await client.query(VALUES, [id]);
}
