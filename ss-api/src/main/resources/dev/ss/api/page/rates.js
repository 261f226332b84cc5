// From counters, which only grow and start again at 0 with their process, to rates and quantiles.

/** Over which time everything here is averaged. */
export const WINDOW_SECONDS = 60;

// The queue is counted every few seconds: over less than this, its changes say nothing.
const SHORTEST_SECONDS = 10;

/**
 * {created, finished} in jobs per second, {errorRatio} 0 to 1, {p50, p95, p99} in seconds: at the
 * time of the last of these samples. What cannot be known is null.
 */
export function measure(samples) {
  const last = samples.at(-1);
  const window = samples.filter(({ time }) => time >= last.time - WINDOW_SECONDS);
  const seconds = last.time - window[0].time;
  if (seconds < SHORTEST_SECONDS) {
    return { created: null, finished: null, errorRatio: null, p50: null, p95: null, p99: null };
  }
  const requests = increase(window, (sample) => sample.requests);
  const buckets = last.buckets.map(([bound], index) => [
    bound,
    increase(window, (sample) => sample.buckets[index]?.[1] ?? 0),
  ]);
  return {
    created: increase(window, (sample) => sample.created) / seconds,
    finished: finishedIn(window, seconds),
    errorRatio: requests > 0 ? increase(window, (sample) => sample.failures) / requests : null,
    p50: quantile(0.5, buckets),
    p95: quantile(0.95, buckets),
    p99: quantile(0.99, buckets),
  };
}

/** By how much a counter has grown; what it had counted before a restart is not lost. */
export function increase(samples, counter) {
  let total = 0;
  for (let i = 1; i < samples.length; i++) {
    const before = counter(samples[i - 1]);
    const after = counter(samples[i]);
    const restarted = samples[i].started !== samples[i - 1].started || after < before;
    total += restarted ? after : after - before;
  }
  return total;
}

/**
 * The API does not see jobs end; its workers do. But whatever came into the queue and is not there
 * any more has ended.
 */
function finishedIn(window, seconds) {
  const first = window[0].queue;
  const last = window.at(-1).queue;
  if (first === null || last === null) {
    return null;
  }
  const came = increase(window, ({ created }) => created) + increase(window, ({ retried }) => retried);
  return Math.max(0, came - (unfinished(last) - unfinished(first))) / seconds;
}

function unfinished({ scheduled, ready, running }) {
  return scheduled + ready + running;
}

/**
 * As Prometheus's histogram_quantile: linear within a bucket.
 *
 * @param buckets [upper bound, values up to it], ascending, the last one without a bound
 * @return null without values, Infinity above the last bound
 */
export function quantile(q, buckets) {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) {
    return null;
  }
  const rank = q * total;
  const index = buckets.findIndex(([, count]) => count >= rank);
  const [bound, count] = buckets[index];
  if (bound === Infinity) {
    return Infinity;
  }
  const [lower, below] = index === 0 ? [0, 0] : buckets[index - 1];
  return count === below ? bound : lower + (bound - lower) * ((rank - below) / (count - below));
}
