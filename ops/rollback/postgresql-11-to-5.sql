-- Takes a PostgreSQL database of schema version 11 back to version 5, which SS 0.1.0 uses. Stop every
-- process of SS first: docs/deploy.md, "Roll back".
--   psql -f postgresql-11-to-5.sql 'postgresql://ss@host/ss'
\set ON_ERROR_STOP on
begin;

do $$
begin
  if (select max(version::integer) from flyway_schema_history) is distinct from 11 then
    raise exception 'The schema version of this database is not 11. Nothing was changed.';
  end if;
  -- Whoever runs this, the new table is that user's who has the others.
  execute format('set local role %s',
    (select relowner::regrole from pg_class where oid = 'jobs'::regclass));
end
$$;

-- 0.1.0 has inputs whole, and of each job only the last output: what is in parts becomes one.
update job_inputs set input = input || (
  select string_agg(bytes, ''::bytea order by position) from upload_chunks
  where upload_chunks.upload_id = job_inputs.upload_id)
where upload_id is not null;
alter table job_inputs drop column upload_id;
drop table upload_chunks;
drop table uploads;

create table job_outputs (
  job_id           text collate "C" not null primary key references jobs (job_id) on delete cascade,
  attempt          integer          not null,
  stdout           bytea            not null,
  stdout_truncated boolean          not null,
  stderr           bytea            not null,
  stderr_truncated boolean          not null
);

insert into job_outputs
select job_id, attempt,
  coalesce(output, (
    select string_agg(bytes, ''::bytea order by position) from output_chunks chunk
    where chunk.job_id = ended.job_id and chunk.run = ended.run and stream = 'output'), ''),
  coalesce(output_truncated, false),
  coalesce(log, (
    select string_agg(bytes, ''::bytea order by position) from output_chunks chunk
    where chunk.job_id = ended.job_id and chunk.run = ended.run and stream = 'log'), ''),
  coalesce(log_truncated, false)
from job_attempts ended
where run = (select max(run) from job_attempts last
  where last.job_id = ended.job_id and outcome not in ('interrupted', 'lost'));
drop table output_chunks;
drop table job_attempts;

drop index jobs_by_error;
drop table job_labels;
drop table job_types;
drop table schedules;
alter table jobs
  drop column parameters,
  drop column labels,
  drop column timeout_ms,
  drop column progress,
  drop column progress_message,
  drop column schedule,
  drop column input_size,
  drop column output_size,
  drop column log_size,
  drop column output_truncated,
  drop column log_truncated,
  drop column cpu_seconds,
  drop column peak_memory_bytes,
  drop column resources_are_lower_bounds,
  drop column submitted_by,
  drop column changed_by;
alter table jobs rename column due_at to submitted_at;
alter table jobs rename column generation to run;

create index jobs_by_type on jobs (job_type, job_id desc);
create index jobs_unfinished on jobs (state, job_type, run_at, started_at)
  where state in ('queued', 'running');
drop index jobs_running;
create index jobs_running on jobs (worker_id) where state = 'running';
drop index jobs_due;

create table scheduled_tasks (
  task_name            text        not null,
  task_instance        text        not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean     not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint      not null,
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
select job_type, job_id || '.' || run, run_at, true, worker_id, to_timestamp(0), 1, priority
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

analyze scheduled_tasks;
