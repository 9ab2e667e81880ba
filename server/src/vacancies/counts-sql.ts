import { LISTED } from '../contacts/presence.ts';
import { visible } from '../contacts/visibility.ts';

/**
 * How many contacts stand on each stage of `vacancy v`, as {stage: {all, assigned}}: those that the reader sees, by the
 * parameters of VISIBILITY that begin at `first`, and that are in the lists. One look along one index, whatever the
 * number of stages.
 */
export function countsOf(first: number): string {
  return `coalesce((
      select jsonb_object_agg(n.stage_id, jsonb_build_object('all', n.total, 'assigned', n.assigned))
      from (
        select vc.stage_id, count(*) as total, count(*) filter (where vc.rejected_at is null) as assigned
        from vacancy_contact vc
        join contact c on c.company_id = vc.company_id and c.id = vc.contact_id
        where vc.company_id = v.company_id and vc.vacancy_id = v.id and ${LISTED} and ${visible(first)}
        group by vc.stage_id) n), '{}')`;
}

/** The stages of `vacancy v`, in their order. */
export const STAGES = `coalesce((
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', s.id, 'value', s.value, 'name', s.name,
        'group', s.group_name, 'order', s.sort_order, 'locked', s.locked, 'integrations', s.integrations)) order by s.place)
      from vacancy_stage s where s.company_id = v.company_id and s.vacancy_id = v.id), '[]')`;
