package dev.ss.bridge.app;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.FamilySpec;
import dev.ss.bridge.Label;
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
    ((BridgeRegistry) metrics)
        .read(
            FamilySpec.gauge("greetings_waiting", "Greetings that wait."),
            () -> 1,
            Label.ofSet("city", List.of("ulm"), "elsewhere").is("ulm"));
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
