-- How far each schedule of config.yml has come, so that each due moment makes one job, whichever API is first.
create table schedules (
  name            text not null primary key,
  cron            text not null,                  -- the timetable in force: of the API that started last
  zone            text not null,
  settled_until   timestamptz not null,           -- due moments up to here have their job, or are missed
  last_due_at     timestamptz,                    -- the due moment of the newest job
  last_job_id     text,
  last_success_at timestamptz,                    -- outlives the jobs
  missed          bigint not null default 0,     -- due moments without a job
  last_missed_at  timestamptz
);

-- The name of the schedule that made the job.
alter table jobs add column schedule text;

create index jobs_by_schedule on jobs (schedule, job_id) where schedule is not null;
create index jobs_schedule_successes on jobs (schedule, finished_at)
  where schedule is not null and state = 'succeeded';
