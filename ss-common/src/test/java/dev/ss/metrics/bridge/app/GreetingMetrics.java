package dev.ss.metrics.bridge.app;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.List;

/** One metric of each kind there is, well and ill. */
final class GreetingMetrics implements Managed {
  static final String WRITING = "greetings.writing";
  static final String SENT = "greetings.sent";
  static final String BALANCE = "greetings.balance";
  static final String LENGTH = "greetings.length";
  static final String THROWING = "greetings.throwing";
  static final String HANGING = "greetings.hanging";

  private final Meeting stopped = new Meeting();

  GreetingMetrics(MetricRegistry metrics) {
    metrics.timer(WRITING).update(Duration.ofMillis(250));
    metrics.meter(SENT).mark(2);
    metrics.counter(BALANCE).dec(3);
    metrics.histogram(LENGTH).update(40);
    metrics.registerGauge("greetings.queued", () -> 7);
    metrics.registerGauge("greetings.ratio", () -> Double.NaN);
    metrics.registerGauge("greetings.open", () -> true);
    metrics.registerGauge("greetings.motto", () -> "be kind");
    metrics.registerGauge("greetings.languages", () -> List.of("de", "en"));
    metrics.registerGauge("greetings.last", () -> null);
    metrics.registerGauge(THROWING, GreetingMetrics::fail);
    metrics.registerGauge(HANGING, stopped::await);
  }

  private static int fail() {
    throw new IllegalStateException("nobody counts this");
  }

  @Override
  public void stop() {
    stopped.release();
  }
}
