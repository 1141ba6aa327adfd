-- Several named queues share one file. Times are milliseconds since the epoch.

-- Grain: a message that is neither acknowledged nor dead. It may be handed out once visible_at has come.
create table if not exists messages (
  id integer primary key,
  queue text not null,
  body text not null,
  visible_at integer not null,
  receive_count integer not null default 0,
  -- The latest delivery's; null while none has the message.
  receipt text unique
) strict;

create index if not exists messages_by_visibility on messages (queue, visible_at);

-- Grain: a message that was given up.
create table if not exists dead_letters (
  id integer primary key,
  queue text not null,
  body text not null,
  reason text not null,
  died_at integer not null
) strict;
