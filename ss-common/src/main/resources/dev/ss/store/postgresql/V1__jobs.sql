create table jobs (
  job_id             text collate "C" not null primary key,  -- UUID version 7: its order is the order of creation
  job_type           text             not null,
  state              text             not null,
  attempt            integer          not null default 0,    -- attempts that count against max_attempts
  run                integer          not null default 0,    -- starts ever, never reused: the fencing token
  max_attempts       integer          not null,
  priority           integer          not null,
  created_at         timestamptz      not null,
  submitted_at       timestamptz      not null,              -- created, or last retried by the client
  run_at             timestamptz      not null,
  started_at         timestamptz,
  finished_at        timestamptz,
  exit_code          integer,
  error_code         text,
  worker_id          text,
  cancel_requested   boolean          not null default false,
  idempotency_key    text,
  idempotency_digest text
);

create unique index jobs_idempotency_key on jobs (idempotency_key);
create index jobs_by_state on jobs (state, job_id desc);
create index jobs_by_type on jobs (job_type, job_id desc);
create index jobs_running on jobs (worker_id) where state = 'running';

-- Apart from jobs, so that listing and counting never read past what a client sent or a command wrote.
create table job_inputs (
  job_id text collate "C" not null primary key references jobs (job_id) on delete cascade,
  input  bytea            not null
);

create table job_outputs (
  job_id           text collate "C" not null primary key references jobs (job_id) on delete cascade,
  attempt          integer          not null,
  stdout           bytea            not null,
  stdout_truncated boolean          not null,
  stderr           bytea            not null,
  stderr_truncated boolean          not null
);

create table workers (
  worker_id         text        not null primary key,
  draining          boolean     not null,
  slots             integer     not null,
  running           integer     not null,
  job_types         text        not null,
  started_at        timestamptz not null,
  last_heartbeat_at timestamptz not null
);

-- db-scheduler's table, as its documentation gives it for this database.
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

create index scheduled_tasks_by_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_by_priority on scheduled_tasks (priority desc, execution_time asc);
