-- The interview-suite face of accounts: customers, and the tokens that they sign in for.

-- The last number given to a customer of a company. Whoever makes customers holds its row.
create table customer_counter (
  company_id integer primary key references company,
  last integer not null
);

alter table customer
  -- Its id under /api/v3, within the company.
  add column number integer,
  add column username text,
  add column status text not null default 'confirmed' check (status in ('invited', 'confirmed', 'deactivated')),
  add column preferred_language text not null default 'en',
  add column gender text not null default '',
  add column phone text not null default '',
  add column role text not null default '',
  add column receive_interview_notifications boolean not null default true,
  add column seen_welcome boolean not null default false,
  -- Where the photo is kept, and what it is.
  add column photo_key text,
  add column photo_type text,
  add column invited_at timestamptz(3),
  add column confirmed_at timestamptz(3),
  -- The account that made it; it may be gone.
  add column created_by uuid;

update customer c set number = n.number, username = a.email, confirmed_at = c.created_at
from account a, (
  select k.company_id, k.account_id,
    row_number() over (partition by k.company_id order by k.created_at, k.account_id) as number
  from customer k) n
where a.company_id = c.company_id and a.id = c.account_id and n.company_id = c.company_id and n.account_id = c.account_id;
insert into customer_counter (company_id, last)
select c.company_id, max(c.number) from customer c group by c.company_id;

alter table customer
  alter column number set not null,
  alter column username set not null,
  add constraint customer_number unique (company_id, number),
  add check ((photo_key is null) = (photo_type is null));
create unique index customer_username on customer (company_id, lower(username));

-- Tokens of /api/v3; only their digests are kept. One without an end dies when it is not used for a day.
create table customer_session (
  company_id integer not null,
  token_hash bytea not null,
  -- Named in the addresses of photos.
  id uuid not null,
  account_id uuid not null,
  -- As in the account, which ends all of them by raising its own.
  token_version integer not null,
  created_at timestamptz(3) not null default now(),
  used_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  primary key (company_id, token_hash),
  constraint customer_session_id unique (company_id, id),
  foreign key (company_id, account_id) references customer on delete cascade
);
create index on customer_session (company_id, account_id);
create index on customer_session (company_id, used_at);
