-- Times are milliseconds since 1970 (UTC), as sqlite-jdbc and db-scheduler write them.

create table jobs (
  job_id             text    not null primary key,  -- UUID version 7: its order is the order of creation
  job_type           text    not null,
  state              text    not null,
  attempt            integer not null default 0,    -- attempts that count against max_attempts
  run                integer not null default 0,    -- starts ever, never reused: the fencing token
  max_attempts       integer not null,
  priority           integer not null,
  created_at         integer not null,
  submitted_at       integer not null,              -- created, or last retried by the client
  run_at             integer not null,
  started_at         integer,
  finished_at        integer,
  exit_code          integer,
  error_code         text,
  worker_id          text,
  cancel_requested   integer not null default 0,
  idempotency_key    text,
  idempotency_digest text
);

create unique index jobs_idempotency_key on jobs (idempotency_key);
create index jobs_by_state on jobs (state, job_id desc);
create index jobs_by_type on jobs (job_type, job_id desc);
create index jobs_running on jobs (worker_id) where state = 'running';

-- Apart from jobs, so that listing and counting never read past what a client sent or a command wrote.
create table job_inputs (
  job_id text not null primary key references jobs (job_id) on delete cascade,
  input  blob not null
);

create table job_outputs (
  job_id           text    not null primary key references jobs (job_id) on delete cascade,
  attempt          integer not null,
  stdout           blob    not null,
  stdout_truncated integer not null,
  stderr           blob    not null,
  stderr_truncated integer not null
);

create table workers (
  worker_id         text    not null primary key,
  draining          integer not null,
  slots             integer not null,
  running           integer not null,
  job_types         text    not null,
  started_at        integer not null,
  last_heartbeat_at integer not null
);

-- db-scheduler's table, as its documentation gives it for this database.
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

create index scheduled_tasks_by_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_by_priority on scheduled_tasks (priority desc, execution_time asc);
