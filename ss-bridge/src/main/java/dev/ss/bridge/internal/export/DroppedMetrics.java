package dev.ss.bridge.internal.export;

import com.codahale.metrics.Meter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the metrics that a scrape leaves out, and logs the reason once for each metric.
 * Thread-safe.
 */
public final class DroppedMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(DroppedMetrics.class);

  private final Function<String, Meter> counterOf;
  private final Consumer<String> remove;
  private final AtomicBoolean saidTooMany = new AtomicBoolean();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * Counts in these meters.
   *
   * @param counterOf gives the meter of a metric's name
   * @param remove removes that meter
   */
  public DroppedMetrics(Function<String, Meter> counterOf, Consumer<String> remove) {
    this.counterOf = counterOf;
    this.remove = remove;
  }

  /** Counts a metric that could not be registered or read, each time; logs it once. */
  void failed(String metric, String reason) {
    counterOf.apply(metric).mark();
    if (logged.add(metric)) {
      LOG.warn("{} is left out of the metrics: {}. This is logged once.", metric, reason);
    }
  }

  /** Counts a metric beyond the cap; logs only the first one. */
  void tooMany(String metric, int cap) {
    logged.add(metric); // so that forget removes its meter too
    counterOf.apply(metric).mark();
    if (!saidTooMany.getAndSet(true)) {
      LOG.warn(
          "There are {} metrics of others; {} and further ones are not exported.", cap, metric);
    }
  }

  /** Forgets a metric that was removed; a later one of the same name is logged and counted anew. */
  void forget(String metric) {
    if (logged.remove(metric)) {
      remove.accept(metric);
    }
  }

  /**
   * Handles a gauge without a number. Null from a declared gauge means "not known now" and is not
   * counted. Any other value, such as a text or a list, is counted only once, because it will not
   * change.
   */
  void noNumber(ReadMetric metric, @Nullable Object value) {
    if (value == null && metric.mayBeUnknown()) {
      return;
    }
    if (logged.add(metric.name())) {
      counterOf.apply(metric.name()).mark();
      LOG.info(
          "{} is left out of the metrics: its value is {}, not a number. This is logged once.",
          metric.name(),
          value == null ? "null" : "of " + value.getClass().getName());
    }
  }
}
