/**
 * The custom fields that a reader with these roles may not see, as an array for the company at $1; null = none. A
 * deleted field stays hidden until no contact carries it any more. Nothing is hidden where `everything` holds; both
 * are SQL.
 */
export function hiddenFields(everything: string, roles: string): string {
  return `case when not ${everything} then (
    select array_agg(v.id) from (
      select f.id, f.visible_to from contact_custom_field f where f.company_id = $1
      union all select g.id, g.visible_to from contact_custom_field_gone g where g.company_id = $1) v
    where cardinality(v.visible_to) > 0 and not v.visible_to && ${roles}) end`;
}
