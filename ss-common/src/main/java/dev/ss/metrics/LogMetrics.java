package dev.ss.metrics;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricFilter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import java.util.Locale;
import org.slf4j.event.Level;

/** Reports how many lines this process has logged, as Dropwizard counts them. */
public final class LogMetrics {
  /** The beginning of the names of Dropwizard's meters; the end is a level. */
  private static final String METERS = "ch.qos.logback.core.Appender.";

  private static final Label<Level> LEVEL = Label.ofEnum("level", Level.class);

  private LogMetrics() {}

  /** Registers one series for each level, in place of Dropwizard's meters. */
  public static void register(BridgeRegistry registry) {
    for (Level level : Level.values()) {
      Meter lines = registry.meter(METERS + level.name().toLowerCase(Locale.ROOT));
      registry.read(Catalogue.LOG_EVENTS.spec(), lines::getCount, LEVEL.is(level));
    }
    registry.removeMatching(MetricFilter.startsWith(METERS));
  }
}
