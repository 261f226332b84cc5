-- Every start of a job's command. An output or a log of at most 64 KiB is in its row; a longer one, or
-- one that was written while the command ran, is in output_chunks, and null here.
create table job_attempts (
  job_id            text    not null references jobs (job_id) on delete cascade,
  run               integer not null,              -- the generation of the job
  attempt           integer not null,              -- counts against max_attempts
  worker_id         text,
  started_at        integer,
  ended_at          integer,
  outcome           text    not null,
  exit_code         integer,
  error_code        text,
  output_size       integer,
  log_size          integer,
  output_truncated  integer,
  log_truncated     integer,
  cpu_seconds       real,
  peak_memory_bytes integer,
  resources_are_lower_bounds integer,
  output            blob,
  log               blob,
  primary key (job_id, run)
);

-- Until now there was only the output of the last attempt that had one.
insert into job_attempts
select job_outputs.job_id,
  case when state = 'running' then max(1, generation - 1) else generation end, job_outputs.attempt,
  worker_id, case when state <> 'running' then started_at end, finished_at,
  case when error_code in ('timed_out', 'out_of_memory', 'cancelled') then error_code
    when state = 'succeeded' then 'succeeded' else 'failed' end,
  exit_code, error_code, output_size, log_size,
  coalesce(output_truncated, stdout_truncated), coalesce(log_truncated, stderr_truncated),
  cpu_seconds, peak_memory_bytes, resources_are_lower_bounds, stdout, stderr
from job_outputs join jobs on jobs.job_id = job_outputs.job_id;

drop table job_outputs;

-- What commands write, while they write it. The position counts the bytes of the stream before it.
create table output_chunks (
  job_id   text    not null references jobs (job_id) on delete cascade,
  run      integer not null,
  stream   text    not null,                       -- output or log
  position integer not null,
  bytes    blob    not null,
  primary key (job_id, run, stream, position)
);

-- An input that is longer than its first part, which is in job_inputs. It is stored before its job is;
-- an upload that no job has is deleted later.
create table uploads (
  upload_id text    not null primary key,
  begun_at  integer not null
);

create table upload_chunks (
  upload_id text    not null references uploads (upload_id) on delete cascade,
  position  integer not null,
  bytes     blob    not null,
  primary key (upload_id, position)
);

alter table job_inputs add column upload_id text;
create index job_inputs_upload on job_inputs (upload_id) where upload_id is not null;

-- What the command of a running job says about itself.
alter table jobs add column progress real;
alter table jobs add column progress_message text;
