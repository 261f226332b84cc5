// One job: what it is, its attempts, its log, and what can be done with it.

import { get, json, post } from './api.js';
import { showAttempts } from './attempts.js';
import { confirmed } from './confirm.js';
import { showFacts } from './facts.js';
import { followLog, forgetLog, leaveLog } from './log.js';
import { notice } from './notice.js';
import { soon } from './poll.js';
import { errorText, stateClass, stateText } from './states.js';
import { put } from './table.js';

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
