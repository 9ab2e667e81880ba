-- What several server processes on one database have to agree on. The new tables are unlogged: what is in them counts
-- for seconds or hours, so a crash of the database may empty them.

-- What each process was asked for a moment ago: by it they divide the limits of requests a second among them.
create unlogged table process_demand (
  process_id uuid primary key,
  seen_at timestamptz not null,
  -- Times asked for in a second, by the key's digest.
  demand jsonb not null
);

-- What is limited by the minute or the hour.
create unlogged table use_count (
  key_digest bytea primary key,
  times integer not null,
  -- When the count begins anew.
  ends_at timestamptz not null
);

-- While a process tries a password for a name, no other one does.
alter table sign_in_attempt add column taken_until timestamptz not null default '-infinity';
