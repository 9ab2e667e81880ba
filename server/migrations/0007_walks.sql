-- The places that a reader's list of changes was given, for who goes through it page by page by offset
-- (docs/decisions/0009-lists-of-changes.md). Unlogged: it counts for minutes, and a crash of the database may empty it.
create unlogged table contact_walk (
  company_id integer not null,
  -- Digests: of who reads, and of which list.
  reader bytea not null,
  list bytea not null,
  -- In the order in which walks of a list were begun. Of two that begin at one moment, one gets the number.
  number integer not null,
  begun_at timestamptz not null,
  -- Whatever changed before this has its place.
  up_to timestamptz(3) not null,
  length integer not null,
  -- The contact at each place, from the first on. A contact that changed meanwhile comes again at the end.
  places uuid[] not null,
  primary key (company_id, reader, list, number)
);
-- Random ids are not made smaller by compressing.
alter table contact_walk alter column places set storage external;
