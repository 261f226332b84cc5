// A table of jobs.

import { NOT_KNOWN, absolute, age, duration, seconds } from './format.js';
import { jobHref } from './router.js';
import { errorText, stateClass, stateText } from './states.js';
import { fill } from './table.js';

export function showJobs(table, jobs, now, empty) {
  fill(
    table,
    jobs.map((job) => ({ key: job.job_id, cells: cells(job, now) })),
    empty,
  );
}

function cells(job, now) {
  return [
    { parts: stateParts(job), class: `state ${stateClass(job.state)}` },
    {
      parts: [
        { tag: 'span', text: `${job.job_type} ` },
        {
          tag: 'a',
          text: `…${job.job_id.slice(-12)}`,
          href: jobHref(job.job_id),
          'aria-label': `${job.job_type} …${job.job_id.slice(-12)}`,
        },
      ],
      head: true,
      title: labels(job),
    },
    took(job, now),
    { text: `${age(now - seconds(job.created_at))} ago`, class: 'number', title: absolute(job.created_at) },
    { text: `${job.attempt} / ${job.max_attempts}`, class: 'number' },
  ];
}

function stateParts(job) {
  const state = { tag: 'span', text: stateText(job.state) };
  const note = job.state === 'running' ? progressText(job) : errorText(job);
  return note === '' ? [state] : [state, { tag: 'small', text: note }];
}

function progressText({ progress, progress_message }) {
  const part = progress === null ? '' : `${Math.floor(progress * 100)} %`;
  return `${part} ${progress_message ?? ''}`.trim();
}

function labels({ job_id, labels }) {
  return [job_id, ...Object.entries(labels).map(([key, value]) => `${key}:${value}`)].join('\n');
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
  return { text: duration(lastsSeconds(job, now)), class: 'number' };
}

/** How long a job or an attempt took, or has been running; null if it never began. */
export function lastsSeconds({ started_at, finished_at, ended_at = finished_at }, now) {
  return started_at === null
    ? null
    : Math.max(0, (ended_at === null ? now : seconds(ended_at)) - seconds(started_at));
}
