-- An execution's task is now the type of its job (whose id its own begins with), so that workers can
-- pick by type.
update scheduled_tasks set task_name = jobs.job_type
from jobs
where jobs.job_id = substr(scheduled_tasks.task_instance, 1, 36) and task_name = 'job';

drop index scheduled_tasks_by_execution_time;
drop index scheduled_tasks_by_priority;
drop index scheduled_tasks_by_heartbeat;

create index scheduled_tasks_due on scheduled_tasks (task_name, priority desc, execution_time)
  where not picked;
-- What a limit is counted by. What was set aside has no heartbeat.
create index scheduled_tasks_running on scheduled_tasks (task_name)
  where picked and last_heartbeat is not null;
-- What is queued has no heartbeat, and needs no entry for having none.
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat)
  where last_heartbeat is not null;
