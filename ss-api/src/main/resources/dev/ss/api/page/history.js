// From the steps of GET /v1/history to what is drawn.

export const KEPT_SECONDS = 3600;

/** Over how many steps a rate is averaged: a minute. */
const AVERAGED = 6;

/**
 * Points {time, ready, running, scheduled, created, succeeded, failed, cancelled, errorRatio}, the
 * oldest first: jobs, jobs per minute, and the part of requests that failed. Unknown ones are null.
 */
export function pointsOf(steps) {
  return steps.map((step, index) => {
    const window = steps.slice(Math.max(0, index - AVERAGED + 1), index + 1);
    const requests = sum(window, 'requests');
    return {
      time: Date.parse(step.time) / 1000,
      ready: step.ready,
      running: step.running,
      scheduled: step.scheduled,
      created: perMinute(window, 'created'),
      succeeded: perMinute(window, 'succeeded'),
      failed: perMinute(window, 'failed'),
      cancelled: perMinute(window, 'cancelled'),
      errorRatio: requests > 0 ? sum(window, 'failed_requests') / requests : null,
    };
  });
}

function perMinute(window, name) {
  const known = window.filter((step) => step[name] !== null);
  return window.at(-1)[name] === null ? null : (sum(known, name) / sum(known, 'seconds')) * 60;
}

function sum(steps, name) {
  return steps.reduce((total, step) => total + step[name], 0);
}
