package dev.ss.bridge.internal.rate;

import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Brings the rates of a registry's metrics up to date every five seconds. Without it rates are
 * taken from one reading to the next.
 */
public final class RateTicker extends MetricRegistryListener.Base {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Function<Metric, Optional<Rated>> rated;
  private final Map<String, Rated> metrics = new ConcurrentHashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "metrics-rates");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Ticks nothing until it is started.
   *
   * @param rated what to tick for a metric, if there is anything
   */
  public RateTicker(Function<Metric, Optional<Rated>> rated) {
    this.rated = rated;
  }

  /** Ticks every five seconds from now on. */
  public void start() {
    Future<?> unused =
        executor.scheduleAtFixedRate(
            this::tickOrTell, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** An executor does not repeat what has thrown, and tells nobody. */
  private void tickOrTell() {
    try {
      tick();
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Brings all rates up to now. */
  public void tick() {
    metrics.values().forEach(Rated::tick);
  }

  /** Ends without waiting. */
  public void stop() {
    executor.shutdownNow();
  }

  @Override
  public void onMeterAdded(String name, Meter meter) {
    add(name, meter);
  }

  @Override
  public void onTimerAdded(String name, Timer timer) {
    add(name, timer);
  }

  private void add(String name, Metric metric) {
    rated.apply(metric).ifPresent(each -> metrics.put(name, each));
  }

  @Override
  public void onMeterRemoved(String name) {
    metrics.remove(name);
  }

  @Override
  public void onTimerRemoved(String name) {
    metrics.remove(name);
  }
}
