package dev.ss.bridge;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.ss.bridge.internal.export.EachMetric;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers one registry's metrics in another one as well, and removes them when they are removed.
 * Timers and histograms stay the same objects, and so have no buckets.
 */
final class Forwarded extends EachMetric {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarded.class);

  private final MetricRegistry to;
  private final Consumer<String> withoutBuckets;

  /**
   * Forwards to this registry.
   *
   * @param withoutBuckets receives the name of each timer and histogram
   */
  Forwarded(MetricRegistry to, Consumer<String> withoutBuckets) {
    this.to = to;
    this.withoutBuckets = withoutBuckets;
  }

  @Override
  protected void added(String name, Metric metric) {
    try {
      to.register(name, metric);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is not taken over from another registry: there is one already.", name);
    }
    if (metric instanceof Timer || metric instanceof Histogram) {
      withoutBuckets.accept(name);
    }
  }

  @Override
  protected void removed(String name) {
    to.remove(name);
  }
}
