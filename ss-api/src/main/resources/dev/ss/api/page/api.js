// One look at the API: what its health, its metrics and its lists say at one moment.

import { parse } from './exposition.js';
import { FAMILIES, sampleOf } from './sample.js';

const PATIENCE_MS = 10_000;
const RECENT_JOBS = 25;

// `peek`: a page that happens to be open is not the Prometheus a stopping process waits for.
const METRICS = `metrics?peek&${FAMILIES.map((name) => `name[]=${name}`).join('&')}`;

let jobTypes = null;

/**
 * {time, answers, health, sample, lists, jobTypes}: `time` in seconds by the server's clock,
 * `health` one of 'ready', 'no-database', 'unavailable'; `sample` and `lists` are null where
 * nothing came.
 */
export async function look() {
  try {
    const [ready, metrics] = await Promise.all([get('health/ready'), get(METRICS)]);
    const time = serverTime(ready);
    const health = await healthOf(ready);
    const lists = health === 'ready' ? await readLists() : null;
    const sample = metrics.ok ? sampleOf(parse(await metrics.text()), time) : null;
    return { time, answers: true, health, sample, lists, jobTypes: jobTypes ?? [] };
  } catch {
    return { time: now(), answers: false, health: null, sample: null, lists: null, jobTypes: [] };
  }
}

function get(path) {
  return fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
}

async function healthOf(response) {
  if (response.ok) {
    return 'ready';
  }
  const { code } = await response.json();
  return code === 'database_unavailable' ? 'no-database' : 'unavailable';
}

/** Null when the database went away between the question about it and these. */
async function readLists() {
  jobTypes ??= await json('v1/job-types').then((answer) => answer?.job_types ?? null);
  const [workers, jobs] = await Promise.all([
    json('v1/workers'),
    json(`v1/jobs?limit=${RECENT_JOBS}`),
  ]);
  return workers && jobs ? { workers: workers.workers, jobs: jobs.jobs } : null;
}

async function json(path) {
  const response = await get(path);
  return response.ok ? response.json() : null;
}

/** Ages are told by the server's clock, unless the two agree as well as whole seconds can tell. */
function serverTime(response) {
  const date = Date.parse(response.headers.get('Date')) / 1000;
  return Math.abs(date - now()) < 2 || Number.isNaN(date) ? now() : date;
}

function now() {
  return Date.now() / 1000;
}
