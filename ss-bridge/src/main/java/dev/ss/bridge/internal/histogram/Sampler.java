package dev.ss.bridge.internal.histogram;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Sampling;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import com.codahale.metrics.WeightedSnapshot;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * The reservoir that an application has chosen for a metric. It provides {@link
 * com.codahale.metrics.Sampling#getSnapshot}, while the buckets count for Prometheus.
 */
public final class Sampler {
  private final LongConsumer update;
  private final Sampling sampling;

  private Sampler(LongConsumer update, Sampling sampling) {
    this.update = update;
    this.sampling = sampling;
  }

  /** Returns the timer's reservoir, unless it is Codahale's default. */
  public static Optional<Sampler> of(Timer timer) {
    return isDefault(timer)
        ? Optional.empty()
        : Optional.of(new Sampler(nanos -> timer.update(nanos, TimeUnit.NANOSECONDS), timer));
  }

  /** Returns the histogram's reservoir, unless it is Codahale's default. */
  public static Optional<Sampler> of(Histogram histogram) {
    return isDefault(histogram)
        ? Optional.empty()
        : Optional.of(new Sampler(histogram::update, histogram));
  }

  /** Only the default reservoir, which decays exponentially, has weighted snapshots. */
  private static boolean isDefault(Sampling sampling) {
    return sampling.getSnapshot() instanceof WeightedSnapshot;
  }

  void update(long value) {
    update.accept(value);
  }

  Snapshot snapshot() {
    return sampling.getSnapshot();
  }
}
