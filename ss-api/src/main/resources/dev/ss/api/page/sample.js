// What the page wants to know of a scrape.

import { parseValue } from './exposition.js';

/** All families that are read here. */
export const FAMILIES = [
  'ss_queue_jobs',
  'ss_queue_oldest_ready_age_seconds',
  'ss_http_request_duration_seconds',
  'ss_build_info',
  'process_start_time_seconds',
];

const QUEUE_STATES = ['scheduled', 'ready', 'running'];

/**
 * {time, started, buckets, queue, build}
 *
 * `buckets` are [bound in seconds, requests up to it] since the process `started`, ascending.
 * `queue` is null when nobody has counted it lately.
 */
export function sampleOf(parsed, time) {
  const of = (name) => parsed.filter((sample) => sample.name === name);
  return {
    time,
    started: of('process_start_time_seconds')[0]?.value ?? null,
    buckets: buckets(of('ss_http_request_duration_seconds_bucket').filter(isAboutJobs)),
    queue: queue(of('ss_queue_jobs'), of('ss_queue_oldest_ready_age_seconds')),
    build: of('ss_build_info')[0]?.labels ?? null,
  };
}

/** Neither waiting and following, which are long by intention, nor health, scrapes and this page. */
function isAboutJobs({ labels: { route } }) {
  return route.startsWith('/v1/jobs') && !/\/wait$|follow=true$/.test(route);
}

function buckets(samples) {
  const counts = new Map();
  for (const { labels, value } of samples) {
    const bound = parseValue(labels.le);
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  return [...counts].sort(([one], [other]) => one - other);
}

function queue(samples, oldestReady) {
  if (samples.length === 0) {
    return null;
  }
  const byType = new Map();
  for (const { labels, value } of samples) {
    const ofType = byType.get(labels.job_type) ?? { scheduled: 0, ready: 0, running: 0 };
    byType.set(labels.job_type, { ...ofType, [labels.state]: value });
  }
  const totals = QUEUE_STATES.map((state) => [
    state,
    sum(samples.filter(({ labels }) => labels.state === state)),
  ]);
  const ages = oldestReady.map(({ value }) => value);
  return {
    ...Object.fromEntries(totals),
    oldestReady: ages.length === 0 ? null : Math.max(...ages),
    byType,
  };
}

function sum(samples) {
  return samples.reduce((total, { value }) => total + value, 0);
}
