/**
 * bulk_moment() of the migrations computes the time within `on conflict do update`, where Citus takes immutable functions
 * only. This does the same in steps, under the lock on the company's row.
 */
export const BULK_MOMENT = `create or replace function bulk_moment(company integer, milliseconds integer) returns timestamptz
language plpgsql volatile as $$
declare
  taken timestamptz;
begin
  perform pg_advisory_xact_lock_shared(4010002, company);
  taken := date_trunc('milliseconds', clock_timestamp());
  insert into contact_bulk_clock (company_id, moment) values (company, taken) on conflict (company_id) do nothing;
  select k.moment into taken from contact_bulk_clock k where k.company_id = company for update;
  taken := greatest(taken, date_trunc('milliseconds', clock_timestamp())) + milliseconds * interval '1 millisecond';
  update contact_bulk_clock set moment = taken where company_id = company;
  return taken;
end $$`;
