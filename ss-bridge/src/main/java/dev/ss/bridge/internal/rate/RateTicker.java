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
 * Updates the rates of a registry's metrics every five seconds. Without it, a rate is updated only
 * when it is read.
 */
public final class RateTicker extends MetricRegistryListener.Base {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Function<Metric, Optional<Rated>> rated;
  private final Duration interval;
  private final Map<String, Rated> metrics = new ConcurrentHashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "metrics-rates");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Makes a ticker, which does nothing until it is started.
   *
   * @param rated gives what to tick for a metric, if anything
   */
  public RateTicker(Function<Metric, Optional<Rated>> rated) {
    this(rated, INTERVAL);
  }

  RateTicker(Function<Metric, Optional<Rated>> rated, Duration interval) {
    this.rated = rated;
    this.interval = interval;
  }

  /** Starts to tick. */
  public void start() {
    Future<?> unused =
        executor.scheduleAtFixedRate(
            this::tickOrTell, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** An executor neither repeats a task that has thrown nor reports the exception. */
  private void tickOrTell() {
    try {
      tick();
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Updates all rates. */
  public void tick() {
    metrics.values().forEach(Rated::tick);
  }

  /** Stops without waiting. */
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
