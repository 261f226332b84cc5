package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import com.codahale.metrics.logback.InstrumentedAppender;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LogMetricsTest {
  private final LoggerContext context = new LoggerContext();
  private final BridgeRegistry registry = new BridgeRegistry();

  /** Logs as Dropwizard's logging does, which counts before the application's metrics exist. */
  private Logger logger() {
    InstrumentedAppender counting = new InstrumentedAppender(registry);
    counting.setContext(context);
    counting.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(counting);
    return root;
  }

  @Test
  void linesAreCountedByLevelFromTheFirstOneOnAndUnderOneName() {
    Logger logger = logger();
    logger.warn("before the registration");
    LogMetrics.register(registry);

    logger.warn("after it");
    logger.error("this too");

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ss_log_events_total{level=\"trace\"}", 0.0,
                "ss_log_events_total{level=\"debug\"}", 0.0,
                "ss_log_events_total{level=\"info\"}", 0.0,
                "ss_log_events_total{level=\"warn\"}", 2.0,
                "ss_log_events_total{level=\"error\"}", 1.0));
  }
}
