-- What the client chose for this one job. Objects of strings as JSON; null is nothing.
alter table jobs add column parameters text;
alter table jobs add column labels text;
alter table jobs add column timeout_ms bigint;

-- The labels again, to find jobs by them. A job's labels never change.
create table job_labels (
  job_id text collate "C" not null references jobs (job_id) on delete cascade,
  label  text collate "C" not null,                -- key:value
  primary key (job_id, label)
);
create index job_labels_by_label on job_labels (label, job_id desc);

-- Most jobs have no error, and need no entry for having none.
create index jobs_by_error on jobs (error_code, job_id desc) where error_code is not null;
