-- Pools and vacancies, the contacts in them, and notes.

create table pool_type (
  company_id integer not null references company,
  id uuid not null,
  name text not null,
  description text,
  -- No step may be skipped.
  sequential boolean not null default false,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
create unique index pool_type_name on pool_type (company_id, lower(name));

create table pool_type_step (
  company_id integer not null,
  pool_type_id uuid not null,
  id text not null,
  place integer not null,
  name text not null,
  primary key (company_id, pool_type_id, id),
  foreign key (company_id, pool_type_id) references pool_type on delete cascade
);

create table pool (
  company_id integer not null references company,
  id uuid not null,
  name text not null,
  description text,
  -- Opens its contacts to the roles that see no others.
  public boolean not null default false,
  owner_id uuid,
  pool_type_id uuid,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  foreign key (company_id, owner_id) references crm_user on delete set null (owner_id),
  foreign key (company_id, pool_type_id) references pool_type
);
create index on pool (company_id, created_at, id);
create index on pool (company_id, owner_id) where owner_id is not null;
create index on pool (company_id, pool_type_id) where pool_type_id is not null;
create index pool_public on pool (company_id, id) where public;

-- Whom a pool is shared with.
create table pool_user (
  company_id integer not null,
  pool_id uuid not null,
  account_id uuid not null,
  primary key (company_id, pool_id, account_id),
  foreign key (company_id, pool_id) references pool on delete cascade,
  foreign key (company_id, account_id) references crm_user on delete cascade
);
create index on pool_user (company_id, account_id);

create table pool_team (
  company_id integer not null,
  pool_id uuid not null,
  team_id uuid not null,
  primary key (company_id, pool_id, team_id),
  foreign key (company_id, pool_id) references pool on delete cascade,
  foreign key (company_id, team_id) references team on delete cascade
);
create index on pool_team (company_id, team_id);

create table pool_member (
  company_id integer not null,
  contact_id uuid not null,
  pool_id uuid not null,
  added_at timestamptz(3) not null default now(),
  -- Where the contact stands, in a pool whose type has steps.
  pool_type_id uuid,
  step_id text,
  step_at timestamptz(3),
  primary key (company_id, contact_id, pool_id),
  check ((step_id is null) = (step_at is null) and (step_id is null) = (pool_type_id is null)),
  foreign key (company_id, contact_id) references contact,
  foreign key (company_id, pool_id) references pool on delete cascade,
  foreign key (company_id, pool_type_id, step_id) references pool_type_step
);
create index on pool_member (company_id, pool_id, added_at, contact_id);
create index on pool_member (company_id, pool_type_id, step_id) where step_id is not null;

create table vacancy (
  company_id integer not null references company,
  id uuid not null,
  -- The short id by which clients address it.
  hash_id text not null,
  title text not null,
  created_at timestamptz(3) not null,
  -- The writer's own clock: a change must bring a later one.
  updated_at timestamptz(3) not null,
  -- What it says beyond that, as the API names it.
  details jsonb not null default '{}',
  integrations jsonb not null default '{}',
  primary key (company_id, id),
  constraint vacancy_hash unique (company_id, hash_id)
);
create index on vacancy (company_id, created_at, id);
create index on vacancy (company_id, updated_at, id);

create table vacancy_key (
  company_id integer not null,
  partner text not null,
  external_id text not null,
  vacancy_id uuid not null,
  primary key (company_id, partner, external_id),
  foreign key (company_id, vacancy_id) references vacancy on delete cascade
);
create index on vacancy_key (company_id, vacancy_id);

create table vacancy_stage (
  company_id integer not null,
  vacancy_id uuid not null,
  id text not null,
  place integer not null,
  value text not null,
  name text not null,
  group_name text,
  sort_order integer not null,
  -- Lets no contact out.
  locked boolean not null default false,
  integrations jsonb not null default '{}',
  primary key (company_id, vacancy_id, id),
  foreign key (company_id, vacancy_id) references vacancy on delete cascade
);

create table vacancy_contact (
  company_id integer not null,
  vacancy_id uuid not null,
  contact_id uuid not null,
  stage_id text not null,
  stage_at timestamptz(3) not null,
  added_at timestamptz(3) not null,
  priority text,
  rejection_id text,
  rejection_value text,
  rejected_at timestamptz(3),
  primary key (company_id, vacancy_id, contact_id),
  foreign key (company_id, vacancy_id) references vacancy on delete cascade,
  foreign key (company_id, contact_id) references contact,
  -- A stage that holds contacts stays.
  constraint vacancy_contact_stage foreign key (company_id, vacancy_id, stage_id) references vacancy_stage
);
create index on vacancy_contact (company_id, contact_id);
create index on vacancy_contact (company_id, vacancy_id, stage_id);

-- What happened to contacts on a vacancy, with the stages' names of that time.
create table vacancy_move (
  company_id integer not null,
  id uuid not null,
  vacancy_id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('added', 'moved', 'rejected', 'reinstated', 'removed')),
  at timestamptz(3) not null,
  actor_id uuid,
  from_id text,
  from_value text,
  to_id text,
  to_value text,
  rejection_id text,
  rejection_value text,
  primary key (company_id, id),
  foreign key (company_id, vacancy_id) references vacancy on delete cascade,
  foreign key (company_id, contact_id) references contact
);
create index on vacancy_move (company_id, vacancy_id, at, id);
create index on vacancy_move (company_id, contact_id);

create table note (
  company_id integer not null references company,
  id uuid not null,
  contact_id uuid not null,
  author_id uuid,
  text text not null,
  -- When it is about; clients pin a note by a date in the future.
  date timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  foreign key (company_id, contact_id) references contact,
  foreign key (company_id, author_id) references crm_user on delete set null (author_id)
);
create index on note (company_id, created_at, id);
create index on note (company_id, contact_id, date, id);
create index on note (company_id, author_id) where author_id is not null;

-- Up to which moment the twenty upper seats of updated_at are given away: changes of many contacts at once take them
-- in a row, behind one another, and never meet a change of a single contact, which takes one of the lower eighty.
create table contact_bulk_clock (
  company_id integer primary key references company,
  moment timestamptz(3) not null
);

-- Whoever takes a time of change holds a shared lock of the company's from before that moment to the end of its
-- transaction, so that contact_settled() knows who may still come with an earlier time than others have shown.
create or replace function free_seat(of_column text, company integer, wanted timestamptz, out moment timestamptz, out seat smallint)
language plpgsql volatile as $$
declare
  width integer := 1;
  seats integer := case when of_column = 'created' then 100 else 80 end;
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
        seat := floor(random() * seats);
        return;
      end if;
      if cardinality(taken) < seats then
        select s into seat from generate_series(0, seats - 1) s where s <> all (taken) order by random() limit 1;
        return;
      end if;
      exit when width = 1;
    end loop;
    width := width * 2;
  end loop;
end $$;

-- The last of so many milliseconds that are the caller's alone among the changes of many contacts.
create function bulk_moment(company integer, milliseconds integer) returns timestamptz
language plpgsql volatile as $$
declare
  taken timestamptz;
begin
  perform pg_advisory_xact_lock_shared(4010002, company);
  insert into contact_bulk_clock as k (company_id, moment)
  values (company, date_trunc('milliseconds', clock_timestamp()) + milliseconds * interval '1 millisecond')
  on conflict (company_id) do update
  set moment = greatest(k.moment, date_trunc('milliseconds', clock_timestamp())) + milliseconds * interval '1 millisecond'
  returning k.moment into taken;
  return taken;
end $$;

-- A moment before which no contact of the company will be found changed that is not found so already: a list by time of
-- change that ends there can be continued from there. Waits, half a second at most, for the writers that are under way
-- when it is asked, so that it lies behind everything that was acknowledged by then.
create function contact_settled(company integer) returns timestamptz
language plpgsql volatile as $$
declare
  asked timestamptz := clock_timestamp();
  looked timestamptz;
  settled timestamptz;
begin
  loop
    perform pg_stat_clear_snapshot();
    -- Taken before the look: a writer that is not seen yet takes its time after this.
    looked := clock_timestamp();
    select date_trunc('milliseconds', least(looked, min(a.xact_start))) into settled
    from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'advisory' and l.classid = 4010002 and l.objid::bigint = company and l.objsubid = 2
      and l.database = (select d.oid from pg_database d where d.datname = current_database());
    exit when settled > asked or clock_timestamp() > asked + interval '500 milliseconds';
    perform pg_sleep(0.002);
  end loop;
  return settled;
end $$;
