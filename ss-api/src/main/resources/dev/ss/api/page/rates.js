// From counters, which only grow and start again at 0 with their process, to quantiles.

/** Over which time everything here is averaged. */
export const WINDOW_SECONDS = 60;

const SHORTEST_SECONDS = 10;

/** Remembers the samples of the last minute. */
export class Latency {
  #samples = [];

  /** Takes a sample in; the 95th percentile in seconds, or null while nobody can tell. */
  p95(sample) {
    const recent = this.#samples.filter(
      ({ time }) => time >= sample.time - WINDOW_SECONDS && time < sample.time,
    );
    this.#samples = [...recent, sample];
    if (sample.time - this.#samples[0].time < SHORTEST_SECONDS) {
      return null;
    }
    return quantile(
      0.95,
      sample.buckets.map(([bound], index) => [
        bound,
        increase(this.#samples, ({ buckets }) => buckets[index]?.[1] ?? 0),
      ]),
    );
  }
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
