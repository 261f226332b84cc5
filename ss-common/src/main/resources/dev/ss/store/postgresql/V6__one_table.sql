-- From here on a job's row is its place in the queue. What was queued, running or final in the two
-- tables of version 5 is so in this one: the rows of jobs already said it. Workers of version 5 must
-- have stopped; docs/deploy.md says how to roll back.
alter table jobs rename column run to generation;

drop table scheduled_tasks;

-- What a worker looks for: of a type, the most urgent, and of that what has been due for longest.
create index jobs_due on jobs (job_type, priority desc, run_at, job_id) where state = 'queued';

-- What is counted for a type's maxRunning, and what a lost worker held.
drop index jobs_running;
create index jobs_running on jobs (worker_id, job_type) where state = 'running';

-- The queue is counted by the two above, and a type's jobs are listed state by state. Each index less
-- is one entry less to write whenever a job changes its state.
drop index jobs_unfinished;
drop index jobs_by_type;
