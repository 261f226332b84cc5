-- From here on: when the job was to run at the earliest, as its client submitted or last retried it.
-- run_at moves with each later attempt.
alter table jobs rename column submitted_at to due_at;

-- What the last attempt read, wrote and used, as far as it is known.
alter table jobs add column input_size bigint;
alter table jobs add column output_size bigint;
alter table jobs add column log_size bigint;
alter table jobs add column output_truncated boolean;
alter table jobs add column log_truncated boolean;
alter table jobs add column cpu_seconds double precision;
alter table jobs add column peak_memory_bytes bigint;
alter table jobs add column resources_are_lower_bounds boolean;

-- What outlives the jobs of a type.
create table job_types (
  job_type        text        not null primary key,
  last_success_at timestamptz,
  paused_at       timestamptz,
  paused_by       text                            -- the name of a token
);

insert into job_types (job_type, last_success_at)
select job_type, max(finished_at) from jobs where state = 'succeeded' group by job_type;
