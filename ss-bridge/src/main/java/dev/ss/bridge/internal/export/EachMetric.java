package dev.ss.bridge.internal.export;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;

/** Listens to a registry for metrics of all kinds alike. */
public abstract class EachMetric implements MetricRegistryListener {
  /** A metric was registered, or was there when the registry got this listener. */
  protected abstract void added(String name, Metric metric);

  /** A metric was removed. */
  protected abstract void removed(String name);

  @Override
  public final void onGaugeAdded(String name, Gauge<?> gauge) {
    added(name, gauge);
  }

  @Override
  public final void onGaugeRemoved(String name) {
    removed(name);
  }

  @Override
  public final void onCounterAdded(String name, Counter counter) {
    added(name, counter);
  }

  @Override
  public final void onCounterRemoved(String name) {
    removed(name);
  }

  @Override
  public final void onHistogramAdded(String name, Histogram histogram) {
    added(name, histogram);
  }

  @Override
  public final void onHistogramRemoved(String name) {
    removed(name);
  }

  @Override
  public final void onMeterAdded(String name, Meter meter) {
    added(name, meter);
  }

  @Override
  public final void onMeterRemoved(String name) {
    removed(name);
  }

  @Override
  public final void onTimerAdded(String name, Timer timer) {
    added(name, timer);
  }

  @Override
  public final void onTimerRemoved(String name) {
    removed(name);
  }
}
