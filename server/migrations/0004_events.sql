-- Attract events, their custom fields, and who comes.

create table event_custom_field (
  company_id integer not null references company,
  id uuid not null,
  name text not null,
  type text not null check (type in ('text', 'number', 'date', 'boolean', 'singleSelect', 'multiSelect')),
  -- [{id, label}], for the two select types.
  options jsonb not null default '[]',
  required boolean not null default false,
  -- Asked on the registration page: then it is the visitor of whom it is required.
  asked boolean not null default false,
  created_at timestamptz(3) not null default now(),
  created_by uuid,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  primary key (company_id, id)
);
create unique index event_custom_field_name on event_custom_field (company_id, lower(name));

create table event (
  company_id integer not null references company,
  id uuid not null,
  name text not null,
  -- As it is sorted by: its beginning, without case and accents.
  name_key text not null,
  description text,
  type text not null,
  status text not null check (status in ('draft', 'published', 'cancelled')),
  location_type text check (location_type in ('physical', 'virtual', 'virtual_physical')),
  location_url text,
  -- As the API names its parts, without the coordinates.
  location jsonb not null default '{}',
  -- Of these an index can hold, and the planner know, more than of a part of JSON.
  city text generated always as (location ->> 'city') stored,
  country text generated always as (location ->> 'country') stored,
  postcode text generated always as (location ->> 'postcode') stored,
  venue text generated always as (location ->> 'name') stored,
  -- As name_key.
  city_key text generated always as (
    left(lower(regexp_replace(normalize(location ->> 'city', NFD), '[\u0300-\u036f]', '', 'g')), 200)) stored,
  lat double precision,
  lon double precision,
  image jsonb,
  -- An IANA id, and its English name. Dates and times of day are read and shown in it.
  timezone text not null,
  timezone_name text not null,
  start_at timestamptz(3) not null,
  end_at timestamptz(3),
  owner_id uuid,
  created_at timestamptz(3) not null default now(),
  created_by uuid,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  cancelled_at timestamptz(3),
  cancelled_by uuid,
  deleted_at timestamptz(3),
  deleted_by uuid,
  -- Unguessable: whoever has the first registers, whoever has the second stands at the door.
  registration_slug text not null,
  check_in_slug text not null,
  -- The words of name, description and place, by company, for the search by their beginnings.
  words tsvector not null,
  primary key (company_id, id),
  check ((lat is null) = (lon is null)),
  constraint event_registration_slug unique (company_id, registration_slug),
  constraint event_check_in_slug unique (company_id, check_in_slug),
  constraint event_owner foreign key (company_id, owner_id) references crm_user on delete set null (owner_id)
);
-- A search finds and counts by these alone: each ends with what the usual order is made of. docs/performance.md has the
-- figures.
create index event_present on event (company_id, id) include (start_at) where deleted_at is null;
create index event_start on event (company_id, start_at, id) where deleted_at is null;
create index event_end on event (company_id, end_at, id) where deleted_at is null;
create index event_end_last on event (company_id, end_at desc nulls last, id desc) where deleted_at is null;
create index event_created on event (company_id, created_at, id) where deleted_at is null;
create index event_updated on event (company_id, updated_at, id) where deleted_at is null;
create index event_name on event (company_id, name_key collate "C", id) where deleted_at is null;
create index event_city_name on event (company_id, city_key collate "C", id) where deleted_at is null;
create index event_city_name_last on event (company_id, city_key collate "C" desc nulls last, id desc)
  where deleted_at is null;
create index event_exact_name on event (company_id, name collate "C", start_at, id) where deleted_at is null;
create index event_type on event (company_id, type collate "C", start_at, id) where deleted_at is null;
create index event_status on event (company_id, status collate "C", start_at, id) where deleted_at is null;
create index event_location_type on event (company_id, location_type collate "C", start_at, id) where deleted_at is null;
create index event_timezone on event (company_id, timezone collate "C", start_at, id) where deleted_at is null;
create index event_city on event (company_id, city collate "C", start_at, id) where deleted_at is null;
create index event_country on event (company_id, country collate "C", start_at, id) where deleted_at is null;
create index event_postcode on event (company_id, postcode collate "C", start_at, id) where deleted_at is null;
create index event_venue on event (company_id, venue collate "C", start_at, id) where deleted_at is null;
-- Ids are asked for as texts. PostgreSQL answers from the index alone if the column is there as it is, too.
create index event_owned on event (company_id, (owner_id::text) collate "C", start_at, id) include (owner_id)
  where deleted_at is null;
create index event_spelt on event (company_id, (id::text) collate "C") include (id, start_at) where deleted_at is null;
create index event_owner on event (company_id, owner_id) where owner_id is not null;
create index event_place on event (company_id, lat, lon) include (start_at, id)
  where lat is not null and deleted_at is null;
create index event_words on event using gin (words);
create index event_deleted on event (company_id, deleted_at) include (start_at, id) where deleted_at is not null;
-- Where an event is too long for its row, its other texts move out first: searches by words look at these one by one.
alter table event alter words set storage main;

-- An event's values of custom fields, each in the column of its field's type.
create table event_value (
  company_id integer not null,
  event_id uuid not null,
  field_id uuid not null,
  text_value text,
  number_value double precision,
  moment_value timestamptz(3),
  boolean_value boolean,
  -- Ids of options.
  choices text[],
  primary key (company_id, event_id, field_id),
  check (num_nonnulls(text_value, number_value, moment_value, boolean_value, choices) = 1),
  foreign key (company_id, event_id) references event on delete cascade,
  foreign key (company_id, field_id) references event_custom_field on delete cascade
);
create index event_value_field on event_value (company_id, field_id, event_id);
-- Longer texts do not fit into an index.
create index event_value_text on event_value (company_id, field_id, (left(text_value, 300)) collate "C", event_id)
  where text_value is not null;
create index event_value_number on event_value (company_id, field_id, number_value, event_id)
  where number_value is not null;
create index event_value_moment on event_value (company_id, field_id, moment_value, event_id)
  where moment_value is not null;
create index event_value_boolean on event_value (company_id, field_id, boolean_value, event_id)
  where boolean_value is not null;
create index event_value_choices on event_value using gin (choices);
-- Each field has values in one column of five, which the planner does not see in the columns one by one.
create statistics event_value_said (mcv) on field_id, boolean_value from event_value;

-- Who comes. A step is reached by its own time, or by that of a later one. The row of a deleted contact stays, for the
-- counts; what the person said goes.
create table event_attendee (
  company_id integer not null,
  event_id uuid not null,
  contact_id uuid not null,
  status text not null check (status in ('prospect', 'invited', 'registered', 'attended')),
  prospect_at timestamptz(3),
  invited_at timestamptz(3),
  registered_at timestamptz(3),
  attended_at timestamptz(3),
  -- As typed at registration, and both without case and accents: the door looks for these, and for the contact's own
  -- name only where there are none.
  given_name text,
  given_email text,
  given_words text,
  -- When a confirmation was last mailed.
  confirmed_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, event_id, contact_id),
  foreign key (company_id, event_id) references event on delete cascade,
  foreign key (company_id, contact_id) references contact
);
create index on event_attendee (company_id, contact_id);
create index on event_attendee (company_id, event_id, status);
create index on event_attendee (company_id, event_id, created_at, contact_id);

-- What attendees answered to the questions of the registration page.
create table event_answer (
  company_id integer not null,
  event_id uuid not null,
  contact_id uuid not null,
  field_id uuid not null,
  text_value text,
  number_value double precision,
  moment_value timestamptz(3),
  boolean_value boolean,
  choices text[],
  primary key (company_id, event_id, contact_id, field_id),
  check (num_nonnulls(text_value, number_value, moment_value, boolean_value, choices) = 1),
  foreign key (company_id, event_id, contact_id) references event_attendee on delete cascade,
  foreign key (company_id, field_id) references event_custom_field on delete cascade
);
create index on event_answer (company_id, field_id);
create index on event_answer (company_id, contact_id);
