-- Which process holds the name. Null is a worker of a version that did not say.
alter table workers add column instance text;
alter table workers add column host text;

-- What is past its retention is found from here, oldest first, among final jobs alone.
create index jobs_finished on jobs (finished_at) where finished_at is not null;
