-- Companies, the people who sign in, and what they may do. Every tenant table's keys begin with company_id;
-- company, account_email, sign_in_attempt and migration are the few tables that belong to the whole server.

create table company (
  id integer generated always as identity primary key,
  identifier text not null unique,
  name text not null,
  timezone text not null default 'UTC',
  created_at timestamptz(3) not null default now()
);

-- One email, one account, on the whole server (docs/wire-rulings.md section 1).
create table account_email (
  email_key text primary key,
  company_id integer not null references company,
  account_id uuid not null
);

create table account (
  company_id integer not null references company,
  id uuid not null,
  email text not null,
  password_hash text,
  active boolean not null default true,
  -- Every token carries the version it was issued under; raising it ends them all.
  token_version integer not null default 1,
  first_name text,
  last_name text,
  position text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);

-- The CRM face of an account.
create table crm_user (
  company_id integer not null,
  account_id uuid not null,
  roles text[] not null,
  allow_sso boolean not null default false,
  from_emails text[] not null default '{}',
  integrations jsonb not null default '{}',
  created_at timestamptz(3) not null default now(),
  primary key (company_id, account_id),
  foreign key (company_id, account_id) references account on delete cascade
);

create table crm_user_key (
  company_id integer not null,
  partner text not null,
  external_id text not null,
  account_id uuid not null,
  primary key (company_id, partner, external_id),
  foreign key (company_id, account_id) references crm_user on delete cascade
);
create index on crm_user_key (company_id, account_id);

-- The interview-suite face of an account.
create table customer (
  company_id integer not null,
  account_id uuid not null,
  account_type text not null check (account_type in ('owner', 'admin', 'recruiter', 'hiring-manager')),
  created_at timestamptz(3) not null default now(),
  primary key (company_id, account_id),
  foreign key (company_id, account_id) references account on delete cascade
);

create table team (
  company_id integer not null references company,
  id uuid not null,
  name text not null,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id)
);
create unique index team_name on team (company_id, lower(name));

create table team_member (
  company_id integer not null,
  team_id uuid not null,
  account_id uuid not null,
  primary key (company_id, team_id, account_id),
  foreign key (company_id, team_id) references team on delete cascade,
  foreign key (company_id, account_id) references crm_user on delete cascade
);
create index on team_member (company_id, account_id);

create table api_client (
  company_id integer not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  created_at timestamptz(3) not null default now(),
  primary key (company_id, id),
  foreign key (company_id, account_id) references crm_user on delete cascade
);

create table invitation (
  company_id integer not null,
  token_hash bytea not null,
  account_id uuid not null,
  expires_at timestamptz(3) not null,
  primary key (company_id, token_hash),
  foreign key (company_id, account_id) references account on delete cascade
);
create index on invitation (company_id, account_id);

-- Failed sign-ins by a digest of the email, known or not, so that the answer tells nothing.
create table sign_in_attempt (
  email_digest bytea primary key,
  failures integer not null,
  blocked_until timestamptz(3) not null
);

create table audit_entry (
  company_id integer not null references company,
  id uuid not null,
  at timestamptz(3) not null default now(),
  actor_id uuid,
  api_client_id uuid,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  -- Names of the changed fields, never their values: the trail must not keep what a deletion removes.
  fields text[] not null default '{}',
  request_id uuid not null,
  primary key (company_id, id)
);
create index on audit_entry (company_id, subject_kind, subject_id);

-- What is to happen outside the transaction: mails and background work, drained by the worker.
create table outbox (
  company_id integer not null references company,
  id uuid not null,
  topic text not null,
  payload jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'done', 'dead')),
  attempts integer not null default 0,
  due_at timestamptz(3) not null default now(),
  created_at timestamptz(3) not null default now(),
  done_at timestamptz(3),
  last_error text,
  primary key (company_id, id)
);
create index outbox_due on outbox (company_id, topic, due_at) where status = 'pending';
create index on outbox (company_id, topic, created_at, id);
