package dev.ss.bridge;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers one registry's metrics in another one as well, and removes them when they are removed.
 * Timers and histograms stay the same objects, and so have no buckets.
 */
final class Forwarded implements MetricRegistryListener {
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

  private void add(String name, Metric metric) {
    try {
      to.register(name, metric);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is not taken over from another registry: there is one already.", name);
    }
  }

  private void addSampled(String name, Metric metric) {
    add(name, metric);
    withoutBuckets.accept(name);
  }

  @Override
  public void onGaugeAdded(String name, Gauge<?> gauge) {
    add(name, gauge);
  }

  @Override
  public void onCounterAdded(String name, Counter counter) {
    add(name, counter);
  }

  @Override
  public void onHistogramAdded(String name, Histogram histogram) {
    addSampled(name, histogram);
  }

  @Override
  public void onMeterAdded(String name, Meter meter) {
    add(name, meter);
  }

  @Override
  public void onTimerAdded(String name, Timer timer) {
    addSampled(name, timer);
  }

  @Override
  public void onGaugeRemoved(String name) {
    to.remove(name);
  }

  @Override
  public void onCounterRemoved(String name) {
    to.remove(name);
  }

  @Override
  public void onHistogramRemoved(String name) {
    to.remove(name);
  }

  @Override
  public void onMeterRemoved(String name) {
    to.remove(name);
  }

  @Override
  public void onTimerRemoved(String name) {
    to.remove(name);
  }
}
