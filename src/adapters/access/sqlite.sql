-- Who is let in. Times are milliseconds since the epoch. Tokens are kept as keyed hashes only.

-- Grain: a sign-in link that nobody has used yet.
create table if not exists sign_in_links (
  token_hash text primary key,
  person_id text not null,
  expires_at integer not null
) strict, without rowid;

-- Grain: a person signed in, in one browser.
create table if not exists sessions (
  token_hash text primary key,
  person_id text not null,
  created_at integer not null,
  last_seen_at integer not null
) strict, without rowid;

create index if not exists sessions_by_person on sessions (person_id);

-- Grain: something somebody did, or tried.
create table if not exists audit_events (
  id integer primary key,
  at integer not null,
  person_id text,
  action text not null,
  subject text
) strict;
