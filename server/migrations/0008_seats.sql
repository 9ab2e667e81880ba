-- As before, but that a session begins with a seat of its own instead of a random one, and goes on with those of every ten
-- that are its own: what others took and have not committed yet is not seen, and of two that pick one seat the second
-- waits for the first and then begins anew.
create or replace function free_seat(of_column text, company integer, wanted timestamptz, out moment timestamptz, out seat smallint)
language plpgsql volatile as $$
declare
  width integer := 1;
  seats integer := case when of_column = 'created' then 100 else 80 end;
  own integer := pg_backend_pid() % seats;
  taken smallint[];
begin
  if of_column = 'updated' then
    perform pg_advisory_xact_lock_shared(4010002, company);
    wanted := clock_timestamp();
  end if;
  wanted := date_trunc('milliseconds', wanted);
  loop
    for tries in 1..2 loop
      moment := wanted + floor(random() * width) * interval '1 millisecond';
      if of_column = 'created' then
        select array_agg(c.created_seat) into taken from contact c where c.company_id = company and c.created_at = moment;
      else
        select array_agg(c.updated_seat) into taken from contact c
        where c.company_id = company and c.updated_at = moment and c.updated_seat < seats;
      end if;
      if taken is null then
        seat := own;
        return;
      end if;
      if cardinality(taken) < seats then
        select s into seat from generate_series(0, seats - 1) s
        where s <> all (taken) order by s % 10 <> own % 10, random() limit 1;
        return;
      end if;
      exit when width = 1;
    end loop;
    width := width * 2;
  end loop;
end $$;
