alter table jobs add column traceparent text;

-- The queue is counted every few seconds; from this index alone, however many jobs are done.
create index jobs_unfinished on jobs (state, job_type, run_at, started_at)
  where state in ('queued', 'running');
