-- Most jobs have no key, and need no entry for having none.
drop index jobs_idempotency_key;
create unique index jobs_idempotency_key on jobs (idempotency_key)
  where idempotency_key is not null;

-- A type of which few jobs are in a state would otherwise be looked for among all in that state.
create index jobs_by_type_and_state on jobs (job_type, state, job_id desc);
