package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.codahale.metrics.ConsoleReporter;
import com.codahale.metrics.jmx.JmxReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Prometheus is not the only one who looks: Dropwizard's other reporters see what they always did.
 */
class ReportersTest {
  private static final String DOMAIN = "greetings";
  private static final String WRITING = "name=greetings.writing,type=timers";

  @RegisterExtension static final Greetings APP = new Greetings();

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

  @Test
  void jmxShowsTimersAndLabelledSeries() throws JMException {
    try (JmxReporter reporter = JmxReporter.forRegistry(APP.metrics()).inDomain(DOMAIN).build()) {
      reporter.start();

      assertThat(attribute(WRITING, "Count")).isEqualTo(1L);
      assertThat((double) attribute(WRITING, "95thPercentile"))
          .as("milliseconds")
          .isCloseTo(250, withinPercentage(4.5));
      assertThat((double) attribute(WRITING, "OneMinuteRate")).isFinite();
      assertThat(attribute("name=greetings.length,type=histograms", "Mean")).isEqualTo(40.0);
      String series = ObjectName.quote("greetings_waiting{city=\"ulm\"}");
      assertThat(attribute("name=" + series, "Value")).isEqualTo(1);
    }
  }

  @Test
  void whatTheBridgeSaysOfItselfIsForPrometheusAlone() {
    assertThat(APP.scrape().families()).contains("metrics_bridge_collector_success");
    assertThat(APP.metrics().getNames()).noneMatch(name -> name.contains("bridge_collector"));
  }

  private Object attribute(String bean, String attribute) throws JMException {
    return beans.getAttribute(new ObjectName(DOMAIN + ":" + bean), attribute);
  }

  @Test
  void theConsoleReporterPrintsEverythingThatCanBeRead() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (ConsoleReporter reporter = consoleReporter(printed)) {
      reporter.report();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("greetings.writing")
        .containsPattern("95% <= 2[3-6]\\d\\.\\d\\d milliseconds")
        .contains("greetings.length")
        .contains("greetings.motto");
  }

  private static ConsoleReporter consoleReporter(ByteArrayOutputStream printed) {
    return ConsoleReporter.forRegistry(APP.metrics())
        .outputTo(new PrintStream(printed, true, StandardCharsets.UTF_8))
        .filter(
            (name, metric) ->
                !name.equals(GreetingMetrics.THROWING) && !name.equals(GreetingMetrics.HANGING))
        .build();
  }
}
