create table contact_custom_field (
  company_id integer not null references company,
  id uuid not null,
  name text not null,
  display_name text not null,
  type text not null check (type in ('text', 'number', 'date', 'boolean', 'singleSelect', 'multiSelect')),
  -- [{id, label}], for the two select types.
  options jsonb not null default '[]',
  -- Roles that see the field; empty = all.
  visible_to text[] not null default '{}',
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
create unique index contact_custom_field_name on contact_custom_field (company_id, lower(name));

-- A deleted field that some roles alone saw, until no contact carries it any more.
create table contact_custom_field_gone (
  company_id integer not null references company,
  id uuid not null,
  visible_to text[] not null,
  primary key (company_id, id)
);

create table global_tag (
  company_id integer not null references company,
  id uuid not null,
  value text not null,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
create unique index global_tag_value on global_tag (company_id, lower(value));

create table contact_status (
  company_id integer not null references company,
  id uuid not null,
  value text not null,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
create unique index contact_status_value on contact_status (company_id, lower(value));

create table contact (
  company_id integer not null references company,
  id uuid not null,
  version integer not null default 1,
  -- A moment and one of its hundred seats: no more than a hundred contacts share a millisecond, so that the
  -- created-date cursor always gets on (docs/wire-rulings.md section 4).
  created_at timestamptz(3) not null,
  created_seat smallint not null check (created_seat between 0 and 99),
  updated_at timestamptz(3) not null,
  updated_seat smallint not null check (updated_seat between 0 and 99),
  assigned_to uuid,
  sourced_by uuid,
  confidential boolean not null default false,
  shares_only boolean not null default false,
  archived_at timestamptz(3),
  anonymised_at timestamptz(3),
  deleted_at timestamptz(3),
  -- The ids of the tags, the status and the custom fields that `wire` spells out.
  refs uuid[] not null default '{}',
  -- The contact as the API answers it; null once deleted. `json`, not `jsonb`: it is read as it was written.
  wire json,
  primary key (company_id, id),
  constraint contact_created_seat unique (company_id, created_at, created_seat),
  constraint contact_updated_seat unique (company_id, updated_at, updated_seat),
  constraint contact_assigned_to foreign key (company_id, assigned_to) references crm_user,
  constraint contact_sourced_by foreign key (company_id, sourced_by) references crm_user
);
-- The list that everyone reads, and its count, by this index alone.
create index contact_listed on contact (company_id, created_at, id)
  where deleted_at is null and anonymised_at is null and archived_at is null;
create index on contact (company_id, assigned_to) where assigned_to is not null;
create index on contact (company_id, sourced_by) where sourced_by is not null;
create index contact_refs on contact using gin (refs);
create index contact_gone on contact (company_id, (coalesce(deleted_at, anonymised_at, archived_at)), id)
  where coalesce(deleted_at, anonymised_at, archived_at) is not null;

-- What makes a contact the same person: one row an email, a link, an id in a partner's system.
create table contact_key (
  company_id integer not null,
  kind text not null,
  value text not null,
  contact_id uuid not null,
  primary key (company_id, kind, value),
  foreign key (company_id, contact_id) references contact on delete cascade
);
create index on contact_key (company_id, contact_id);

-- Whom a contact with the mode shares-only is shared with.
create table contact_share (
  company_id integer not null,
  contact_id uuid not null,
  grantee_id uuid not null,
  grantee_kind text not null check (grantee_kind in ('user', 'team')),
  primary key (company_id, contact_id, grantee_id),
  foreign key (company_id, contact_id) references contact on delete cascade
);
create index on contact_share (company_id, grantee_id);

-- A moment at or after `wanted` with a free seat. Tries windows of 1, 2, 4, … milliseconds, so that ten thousand
-- contacts of one date cost a dozen look-ups each at most and concurrent writers seldom pick the same seat.
create function free_seat(of_column text, company integer, wanted timestamptz, out moment timestamptz, out seat smallint)
language plpgsql volatile as $$
declare
  width integer := 1;
  taken smallint[];
begin
  wanted := date_trunc('milliseconds', wanted);
  loop
    for tries in 1..2 loop
      moment := wanted + floor(random() * width) * interval '1 millisecond';
      if of_column = 'created' then
        select array_agg(c.created_seat) into taken from contact c where c.company_id = company and c.created_at = moment;
      else
        select array_agg(c.updated_seat) into taken from contact c where c.company_id = company and c.updated_at = moment;
      end if;
      if taken is null then
        seat := floor(random() * 100);
        return;
      end if;
      if cardinality(taken) < 100 then
        select s into seat from generate_series(0, 99) s where s <> all (taken) order by random() limit 1;
        return;
      end if;
      exit when width = 1;
    end loop;
    width := width * 2;
  end loop;
end $$;
