package dev.ss.bench.micro;

import dev.ss.bench.measure.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Properties;

/** Prints what readers need to interpret a table and to repeat the measurement. */
final class Heading {
  private Heading() {}

  static void print(PrintStream out) throws IOException {
    out.printf(
        "- Machine: %s, %s, %s; load average at the start %s%n",
        Provenance.processor(),
        Provenance.distribution(),
        Provenance.kernel(),
        Provenance.loadAverage());
    out.printf("- JDK: %s%n", Provenance.jdk());
    out.printf("- Commit: %s%n", Provenance.commit());
    out.printf(
        "- Peers: Java client %s, Micrometer %s, OpenTelemetry %s (its exporter %s), Codahale %s,"
            + " stock bridge %s%n",
        peer("client"),
        peer("micrometer"),
        peer("opentelemetry"),
        peer("opentelemetryExporter"),
        codahale(),
        peer("stockBridge"));
    out.printf("- Command: `%s`%n", Provenance.command());
  }

  private static String peer(String name) throws IOException {
    return properties("peers.properties").getProperty(name);
  }

  /** Dropwizard chooses this version, so no pom of ours names it. */
  private static String codahale() throws IOException {
    return properties("/META-INF/maven/io.dropwizard.metrics/metrics-core/pom.properties")
        .getProperty("version");
  }

  private static Properties properties(String resource) throws IOException {
    Properties properties = new Properties();
    try (InputStream input = Heading.class.getResourceAsStream(resource)) {
      properties.load(input);
    }
    return properties;
  }
}
