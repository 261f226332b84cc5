// One look at the API: what its report, its metrics and its lists say at one moment.

import { parse } from './exposition.js';
import { isDatabaseAway } from './report.js';
import { FAMILIES, sampleOf } from './sample.js';

const PATIENCE_MS = 10_000;
const RECENT_JOBS = 25;

// `peek`: a page that happens to be open is not the Prometheus a stopping process waits for.
const METRICS = `metrics?peek&${FAMILIES.map((name) => `name[]=${name}`).join('&')}`;

let jobTypes = null;

/**
 * {time, answers, report, sample, lists, jobTypes}: `time` in seconds by the server's clock;
 * `report`, `sample` and `lists` are null where nothing came.
 */
export async function look() {
  try {
    const [answer, metrics] = await Promise.all([get('v1/report'), get(METRICS)]);
    const time = serverTime(answer);
    const report = answer.ok ? await answer.json() : null;
    const lists = report && !isDatabaseAway(report) ? await readLists() : null;
    const sample = metrics.ok ? sampleOf(parse(await metrics.text()), time) : null;
    return { time, answers: true, report, sample, lists, jobTypes: jobTypes ?? [] };
  } catch {
    return { time: now(), answers: false, report: null, sample: null, lists: null, jobTypes: [] };
  }
}

function get(path) {
  return fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
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
