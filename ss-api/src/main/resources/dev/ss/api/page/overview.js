// The first view: the report, the numbers, the last hour, job types, workers, and jobs of each state.

import { get, json } from './api.js';
import { showCharts } from './charts.js';
import { parse } from './exposition.js';
import { showReport } from './findings.js';
import { pointsOf } from './history.js';
import { showJobs } from './joblist.js';
import { showNumbers } from './numbers.js';
import { Latency } from './rates.js';
import { FAMILIES, sampleOf } from './sample.js';
import { showTypes } from './types.js';
import { showWorkers } from './workers.js';

// `peek`: a page that happens to be open is not the Prometheus a stopping process waits for.
const METRICS = `metrics?peek&${FAMILIES.map((name) => `name[]=${name}`).join('&')}`;

/** During a backlog, the newest jobs alone would all be queued. */
const LISTS = ['state=running', 'state=failed', 'state=succeeded&state=cancelled', 'state=queued'];
const OF_EACH = 6;

const latency = new Latency();
const lists = document.getElementById('lists');
const build = document.getElementById('build');

export const heading = document.getElementById('numbers-title');

/** What cannot be read is null. */
export async function read(_, { time, isDatabaseAway }) {
  const [metrics, history, away] = await Promise.all([
    get(METRICS),
    json('v1/history'),
    isDatabaseAway ? null : readLists(),
  ]);
  const sample = metrics.ok ? sampleOf(parse(await metrics.text()), time) : null;
  return { sample, history, lists: away };
}

async function readLists() {
  const [types, workers, ...jobs] = await Promise.all([
    json('v1/job-types'),
    json('v1/workers'),
    ...LISTS.map((filter) => json(`v1/jobs?${filter}&limit=${OF_EACH}`)),
  ]);
  return types && workers && jobs.every(Boolean)
    ? { types: types.job_types, workers: workers.workers, jobs: jobs.flatMap((page) => page.jobs) }
    : null;
}

export function show({ sample, history, lists: known }, { time, report }) {
  const points = history ? pointsOf(history.steps) : [];
  if (report) {
    showReport(report, time);
  }
  showNumbers(sample, points.at(-1), sample && latency.p95(sample));
  if (sample?.build) {
    const { version, revision, java } = sample.build;
    build.textContent = `SS ${version} (${revision}) on Java ${java}`;
  }
  if (history) {
    showCharts(points, time);
  }
  if (known) {
    showTypes(known.types, sample?.queue);
    showWorkers(known.workers, time);
    showJobs(document.getElementById('jobs'), known.jobs, time, 'No jobs yet.');
  }
  lists.classList.toggle('old', !known);
}
