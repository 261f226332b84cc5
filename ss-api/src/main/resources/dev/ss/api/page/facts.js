// What is known of a job. Its input and output are links: they are somebody's data.

import { at } from './api.js';
import { NOT_KNOWN, absolute, age, bytes, date, duration, seconds } from './format.js';
import { lastsSeconds } from './joblist.js';
import { jobsHref } from './router.js';
import { element } from './table.js';

const facts = document.getElementById('job-facts');

export function showFacts(job, now) {
  const moment = (text) =>
    text && [element('span', { text: `${age(now - seconds(text))} ago, ${date(text)}`, title: absolute(text) })];
  const texts = {
    'Job id': job.job_id,
    'Job type': [element('a', { text: job.job_type, href: jobsHref({ job_type: job.job_type }) })],
    Attempt: `${job.attempt} of ${job.max_attempts}`,
    Worker: job.worker_id,
    Created: moment(job.created_at),
    'May run from': job.state === 'queued' ? date(job.run_at) : null,
    Started: moment(job.started_at),
    Finished: moment(job.finished_at),
    Took: job.started_at === null ? null : duration(lastsSeconds(job, now)),
    'Time limit': job.timeout_seconds === null ? null : age(job.timeout_seconds),
    Priority: String(job.priority),
    Processor: job.cpu_seconds === null ? null : `${duration(job.cpu_seconds)}${atLeast(job)}`,
    Memory: job.peak_memory_bytes === null ? null : `${bytes(job.peak_memory_bytes)}${atLeast(job)}`,
    Input: [download(job, 'input')],
    Output: job.output_size === null ? null : [download(job, 'output'), cut(job.output_truncated)],
    Log: job.log_size === null ? null : [download(job, 'log'), cut(job.log_truncated)],
    Labels: pairs(job.labels, (label) => jobsHref({ label })),
    Parameters: pairs(job.parameters, null),
    Schedule: job.schedule && [element('a', { text: job.schedule, href: jobsHref({ schedule: job.schedule }) })],
    'Submitted by': job.submitted_by,
    'Changed by': job.changed_by,
  };
  Object.entries(texts).forEach(([name, value]) => showFact(name, value));
}

/** Only what has changed is replaced, so that a link keeps the focus. */
function showFact(name, value) {
  const place = facts.querySelector(`[data-fact="${name}"]`) ?? newFact(name);
  const content = document.createElement('dd');
  content.append(...(Array.isArray(value) ? value.flatMap((part) => [part, ' ']) : [value ?? NOT_KNOWN]));
  place.hidden = value === null;
  if (!place.lastChild.isEqualNode(content)) {
    place.lastChild.replaceWith(content);
  }
}

function newFact(name) {
  return facts.appendChild(
    element('div', { 'data-fact': name }, element('dt', { text: name }), element('dd')),
  );
}

function download(job, stream) {
  const size = job[`${stream}_size`];
  const text = size === null ? `Open the ${stream}` : bytes(size);
  const href = at(`v1/jobs/${job.job_id}/${stream}`);
  return element('a', { text, href, target: '_blank', rel: 'noopener', 'aria-label': `The ${stream}, ${text}` });
}

function cut(isTruncated) {
  return isTruncated ? '(the middle was not kept)' : '';
}

function atLeast({ resources_are_lower_bounds: isLower }) {
  return isLower ? ' or more' : '';
}

function pairs(values, href) {
  const texts = Object.entries(values).map(([key, value]) => `${key}:${value}`);
  return texts.length === 0
    ? null
    : texts.map((text) => (href ? element('a', { text, href: href(text) }) : element('code', { text })));
}
