package dev.ss.bridge.internal.export;

import com.codahale.metrics.Meter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is left out of a scrape, and says why in the log, once for each metric. */
public final class DroppedMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(DroppedMetrics.class);

  private final Function<String, Meter> counterOf;
  private final Consumer<String> remove;
  private final AtomicBoolean saidTooMany = new AtomicBoolean();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * Counts in these meters.
   *
   * @param counterOf gives the meter for a metric
   * @param remove removes it
   */
  public DroppedMetrics(Function<String, Meter> counterOf, Consumer<String> remove) {
    this.counterOf = counterOf;
    this.remove = remove;
  }

  /** A metric could not be registered or read; counted each time. */
  void failed(String metric, String reason) {
    counterOf.apply(metric).mark();
    if (logged.add(metric)) {
      LOG.warn("{} is left out of the metrics: {}. This is logged once.", metric, reason);
    }
  }

  /** One more metric than may be exported; said once for all of them. */
  void tooMany(String metric, int cap) {
    logged.add(metric); // so that it is forgotten with the others
    counterOf.apply(metric).mark();
    if (!saidTooMany.getAndSet(true)) {
      LOG.warn(
          "There are {} metrics of others; {} and further ones are not exported.", cap, metric);
    }
  }

  /** Forgets a metric that has been removed: another of its name is logged and counted anew. */
  void forget(String metric) {
    if (logged.remove(metric)) {
      remove.accept(metric);
    }
  }

  /**
   * A gauge has no number to show. Null from a gauge that was declared means "not known now"; a
   * text or a list is counted once, because it will never be anything else.
   */
  void noNumber(ReadMetric metric, Object value) {
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
