-- Takes a SQLite database of schema version 11 back to version 5, which SS 0.1.0 uses. Stop every
-- process of SS first: docs/deploy.md, "Roll back".
--   runuser -u ss -- sqlite3 /var/lib/ss/data/ss.db '.read sqlite-11-to-5.sql'
.bail on
begin immediate;

-- Nothing is changed unless the schema's version is 11.
create temp table schema_version (version integer constraint schema_version_is_11 check (version = 11));
insert into schema_version
select coalesce(max(cast(version as integer)), 0) from flyway_schema_history;
drop table schema_version;

-- 0.1.0 has inputs whole, and of each job only the last output: what is in parts becomes one.
update job_inputs set input = cast(input || (
  select group_concat(bytes, '') from (
    select bytes from upload_chunks where upload_chunks.upload_id = job_inputs.upload_id
    order by position)) as blob)
where upload_id is not null;
drop index job_inputs_upload;
alter table job_inputs drop column upload_id;
drop table upload_chunks;
drop table uploads;

create table job_outputs (
  job_id           text    not null primary key references jobs (job_id) on delete cascade,
  attempt          integer not null,
  stdout           blob    not null,
  stdout_truncated integer not null,
  stderr           blob    not null,
  stderr_truncated integer not null
);

insert into job_outputs
select job_id, attempt,
  coalesce(output, (
    select cast(group_concat(bytes, '') as blob) from (
      select bytes from output_chunks chunk
      where chunk.job_id = ended.job_id and chunk.run = ended.run and stream = 'output'
      order by position)), x''),
  coalesce(output_truncated, false),
  coalesce(log, (
    select cast(group_concat(bytes, '') as blob) from (
      select bytes from output_chunks chunk
      where chunk.job_id = ended.job_id and chunk.run = ended.run and stream = 'log'
      order by position)), x''),
  coalesce(log_truncated, false)
from job_attempts ended
where run = (select max(run) from job_attempts last
  where last.job_id = ended.job_id and outcome not in ('interrupted', 'lost'));
drop table output_chunks;
drop table job_attempts;

drop index jobs_by_error;
drop table job_labels;
alter table jobs drop column parameters;
alter table jobs drop column labels;
alter table jobs drop column timeout_ms;
alter table jobs drop column progress;
alter table jobs drop column progress_message;
drop table job_types;
drop table schedules;
drop index jobs_by_schedule;
drop index jobs_schedule_successes;
alter table jobs drop column schedule;
alter table jobs rename column due_at to submitted_at;
alter table jobs drop column input_size;
alter table jobs drop column output_size;
alter table jobs drop column log_size;
alter table jobs drop column output_truncated;
alter table jobs drop column log_truncated;
alter table jobs drop column cpu_seconds;
alter table jobs drop column peak_memory_bytes;
alter table jobs drop column resources_are_lower_bounds;
alter table jobs drop column submitted_by;
alter table jobs drop column changed_by;
alter table jobs rename column generation to run;

create index jobs_by_type on jobs (job_type, job_id desc);
create index jobs_unfinished on jobs (state, job_type, run_at, started_at)
  where state in ('queued', 'running');
drop index jobs_running;
create index jobs_running on jobs (worker_id) where state = 'running';
drop index jobs_due;

create table scheduled_tasks (
  task_name            varchar(100) not null,
  task_instance        varchar(100) not null,
  task_data            blob,
  execution_time       timestamp    not null,
  picked               bit          not null,
  picked_by            varchar(50),
  last_success         timestamp,
  last_failure         timestamp,
  consecutive_failures int,
  last_heartbeat       timestamp,
  version              bigint       not null,
  priority             smallint,
  primary key (task_name, task_instance)
);

-- What is queued waits for its next run. A job without an input has no execution: 0.1.0 cannot run it.
insert into scheduled_tasks
  (task_name, task_instance, execution_time, picked, version, priority)
select job_type, job_id || '.' || (run + 1), run_at, false, 1, priority
from jobs
where state = 'queued'
  and exists (select 1 from job_inputs where job_inputs.job_id = jobs.job_id);

-- What was running is found dead by the first worker that looks, and recovered as lost.
insert into scheduled_tasks
  (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version, priority)
select job_type, job_id || '.' || run, run_at, true, worker_id, 0, 1, priority
from jobs
where state = 'running';

create index scheduled_tasks_due on scheduled_tasks (task_name, priority desc, execution_time)
  where not picked;
create index scheduled_tasks_running on scheduled_tasks (task_name)
  where picked and last_heartbeat is not null;
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat)
  where last_heartbeat is not null;

delete from flyway_schema_history where version in ('6', '7', '8', '9', '10', '11');

commit;
