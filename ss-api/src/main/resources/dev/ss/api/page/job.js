// One job: what it is, its attempts, its log, and what can be done with it.

import { at, get, json, post } from './api.js';
import { showAttempts } from './attempts.js';
import { confirmed } from './confirm.js';
import { NOT_KNOWN, absolute, age, bytes, date, duration, seconds } from './format.js';
import { lastsSeconds } from './joblist.js';
import { followLog, forgetLog, leaveLog } from './log.js';
import { notice } from './notice.js';
import { soon } from './poll.js';
import { jobsHref } from './router.js';
import { errorText, stateClass, stateText } from './states.js';
import { element, put } from './table.js';

const state = document.getElementById('job-state');
const progress = document.getElementById('job-progress');
const bar = progress.querySelector('progress');
const facts = document.getElementById('job-facts');
const cancel = document.getElementById('job-cancel');
const retry = document.getElementById('job-retry');
const follow = document.getElementById('log-follow');
const body = document.getElementById('job-body');

let id = null;
let last = null;

export const heading = document.getElementById('job-heading');

export function about() {
  return last ? `${stateText(last.state)} ${last.job_type}` : 'Job';
}

export function enter(route) {
  if (id === route.id) {
    return;
  }
  id = route.id;
  last = null;
  forgetLog();
  put(heading, `Job …${id.slice(-12)}`);
  put(state, 'Asking the API');
  facts.replaceChildren();
  body.hidden = true;
}

export function leave() {
  leaveLog();
  id = null;
}

export async function read({ id: asked }, { isDatabaseAway }) {
  if (isDatabaseAway) {
    return null;
  }
  const [answer, attempts] = await Promise.all([
    get(`v1/jobs/${asked}`),
    json(`v1/jobs/${asked}/attempts`),
  ]);
  return { ok: answer.ok, job: await answer.json(), attempts: attempts?.attempts ?? [] };
}

export function show(seen, { time }) {
  body.classList.toggle('old', !seen);
  if (!seen) {
    return;
  }
  if (!seen.ok) {
    put(state, seen.job.detail);
    body.hidden = true;
    return;
  }
  const { job, attempts } = seen;
  const isNew = last === null;
  last = job;
  body.hidden = false;
  put(heading, `${job.job_type} …${job.job_id.slice(-12)}`);
  showState(job);
  showFacts(job, time);
  showAttempts(job, attempts, time);
  if (isNew && !isFinal(job)) {
    followLog(job);
  }
  follow.disabled = !attempts.length;
}

function isFinal({ state: name }) {
  return name !== 'queued' && name !== 'running';
}

function showState(job) {
  const error = errorText(job);
  put(state, `${stateText(job.state)}${error === '' ? '' : `: ${error}`}`);
  state.className = `state ${stateClass(job.state)}`;
  showProgress(job);
  cancel.disabled = isFinal(job);
  retry.disabled = !['failed', 'cancelled'].includes(job.state);
}

/** Also from the events of the log, which come sooner. */
function showProgress({ state: name, progress: part, progress_message: message }) {
  progress.hidden = name !== 'running' || (part === null && message === null);
  if (part === null) {
    bar.removeAttribute('value');
  } else {
    bar.value = part;
  }
  put(progress.querySelector('span'), `${part === null ? '' : `${Math.floor(part * 100)} %`} ${message ?? ''}`.trim());
}

function showFacts(job, now) {
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
    Input: [download('input', job.input_size)],
    Output: job.output_size === null ? null : [download('output', job.output_size), cut(job.output_truncated)],
    Log: job.log_size === null ? null : [download('log', job.log_size), cut(job.log_truncated)],
    Labels: pairs(job.labels, (label) => jobsHref({ label })),
    Parameters: pairs(job.parameters, null),
    Schedule: job.schedule,
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

function download(stream, size) {
  const text = size === null ? `Open the ${stream}` : `${bytes(size)}`;
  const href = at(`v1/jobs/${last.job_id}/${stream}`);
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
  const shown = texts.map((text) => (href ? element('a', { text, href: href(text) }) : element('code', { text })));
  return shown.length === 0 ? null : shown;
}

cancel.onclick = async () => {
  if (last.state === 'queued' || (await confirmed('Cancel this job? Its command is killed.', 'Cancel the job'))) {
    await change('cancel', last.state === 'running' ? 'The worker has been told to end the job.' : 'The job is cancelled.');
  }
};

retry.onclick = () => change('retry', 'The job is queued again.');

async function change(action, done) {
  const { ok, body: answer } = await post(`v1/jobs/${id}/${action}`);
  notice(ok ? done : answer.detail, ok);
  if (ok && action === 'retry') {
    forgetLog();
    last = null;
  }
  soon();
}

follow.onclick = () => followLog(last);

document.addEventListener('progress-told', ({ detail }) => last && showProgress({ ...last, ...detail }));
