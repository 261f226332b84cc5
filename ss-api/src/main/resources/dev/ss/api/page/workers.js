// The workers and what they run.

import { absolute, age, seconds } from './format.js';
import { jobHref } from './router.js';
import { stateClass, stateText } from './states.js';
import { fill } from './table.js';

const table = document.getElementById('workers');

/** How many of a worker's jobs are named. */
const NAMED_JOBS = 4;

export function showWorkers(workers, now) {
  fill(
    table,
    workers.map((worker) => ({ key: worker.worker_id, cells: cells(worker, now) })),
    'No worker has been heard of.',
  );
}

function cells(worker, now) {
  const heartbeat = worker.last_heartbeat_at;
  return [
    { text: worker.worker_id, head: true, title: `Runs ${worker.job_types.join(', ')}` },
    { text: stateText(worker.state), class: `state ${stateClass(worker.state)}` },
    { text: `${worker.running_jobs.length} / ${worker.slots}`, class: 'number' },
    { text: `${age(now - seconds(heartbeat))} ago`, class: 'number', title: absolute(heartbeat) },
    { parts: runs(worker.running_jobs, now), class: 'runs' },
  ];
}

function runs(jobs, now) {
  const named = jobs.slice(0, NAMED_JOBS).map((job) => ({
    tag: 'a',
    text: `${job.job_type} …${job.job_id.slice(-12)} (${age(now - seconds(job.started_at))})`,
    href: jobHref(job.job_id),
  }));
  const more = jobs.length - named.length;
  return [
    ...named,
    ...(more > 0 ? [{ tag: 'span', text: `and ${more} more` }] : []),
    ...(jobs.length === 0 ? [{ tag: 'span', text: 'nothing' }] : []),
  ];
}
