// The three tables: the queue, the workers, the recent jobs.

import { NOT_KNOWN, absolute, age, duration, seconds, whole } from './format.js';
import { fill } from './table.js';

const MARKS = {
  succeeded: '✓',
  failed: '✕',
  cancelled: '⊘',
  running: '▸',
  queued: '○',
  live: '✓',
  draining: '▾',
  stale: '✕',
};

/** How many of a worker's jobs are named. */
const NAMED_JOBS = 4;

/** The configured job types, and whatever else is in the queue. */
export function showQueue(queue, jobTypes) {
  const names = jobTypes.map(({ job_type }) => job_type);
  const others = [...(queue?.byType ?? [])]
    .filter(([name, jobs]) => !names.includes(name) && jobs.scheduled + jobs.ready + jobs.running > 0)
    .map(([name]) => name);
  fill(
    document.getElementById('queue'),
    [...names, ...others].map((name) => {
      const jobs = queue?.byType.get(name);
      return [
        { text: name, head: true },
        number(jobs?.scheduled),
        number(jobs?.ready),
        number(jobs?.running),
      ];
    }),
    'Nothing is known of the queue yet.',
  );
}

function number(value) {
  return { text: whole(value), class: value === 0 ? 'number zero' : 'number' };
}

export function showWorkers(workers, now) {
  fill(
    document.getElementById('workers'),
    workers.map((worker) => [
      { text: worker.worker_id, head: true, title: `Runs ${worker.job_types.join(', ')}` },
      state(worker.state),
      { text: `${worker.running_jobs.length} / ${worker.slots}`, class: 'number' },
      {
        text: `${age(now - seconds(worker.last_heartbeat_at))} ago`,
        class: 'number',
        title: absolute(worker.last_heartbeat_at),
      },
      { text: runs(worker.running_jobs, now), class: 'runs' },
    ]),
    'No worker has been heard of.',
  );
}

function runs(jobs, now) {
  const named = jobs
    .slice(0, NAMED_JOBS)
    .map((job) => `${job.job_type} …${job.job_id.slice(-12)} (${age(now - seconds(job.started_at))})`);
  const more = jobs.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('\n') || 'nothing';
}

export function showJobs(jobs, now) {
  fill(
    document.getElementById('jobs'),
    jobs.map((job) => [
      state(job.state),
      { text: job.job_type },
      { text: `${job.attempt} / ${job.max_attempts}`, class: 'number' },
      took(job, now),
      {
        text: `${age(now - seconds(job.created_at))} ago`,
        class: 'number',
        title: absolute(job.created_at),
      },
      { text: job.error_code === null ? '' : error(job), class: 'error' },
      { text: job.job_id, head: true, class: 'id' },
    ]),
    'No jobs yet.',
  );
}

/** Of the last attempt: how long it took or has been running; of a queued job, when it may run. */
function took(job, now) {
  if (job.state === 'queued') {
    const wait = seconds(job.run_at) - now;
    return {
      text: wait > 0 ? `in ${age(wait)}` : NOT_KNOWN,
      class: 'number',
      title: `May run from ${absolute(job.run_at)}`,
    };
  }
  if (job.started_at === null) {
    return { text: NOT_KNOWN, class: 'number' };
  }
  const end = job.finished_at === null ? now : seconds(job.finished_at);
  return {
    text: duration(Math.max(0, end - seconds(job.started_at))),
    class: 'number',
    title: `Started ${absolute(job.started_at)}`,
  };
}

function error({ error_code, exit_code }) {
  return exit_code === null ? error_code : `${error_code} (${exit_code})`;
}

function state(name) {
  return { text: `${MARKS[name] ?? ''} ${name}`, class: `state ${name}` };
}
