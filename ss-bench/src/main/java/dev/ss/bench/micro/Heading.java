package dev.ss.bench.micro;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** Prints what readers need to interpret a table and to repeat the measurement. */
final class Heading {
  private Heading() {}

  static void print(PrintStream out) throws IOException {
    out.printf(
        Locale.ROOT,
        "- Machine: %s, %d cores, %s, Linux %s; load average at the start %.2f%n",
        after(Path.of("/proc/cpuinfo"), "model name", ":"),
        Runtime.getRuntime().availableProcessors(),
        after(Path.of("/etc/os-release"), "PRETTY_NAME", "="),
        System.getProperty("os.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    out.printf(
        "- JDK: %s, %s%n",
        System.getProperty("java.vm.version"), System.getProperty("java.vm.name"));
    out.printf("- Commit: %s%n", System.getProperty("bench.commit", "not known"));
    out.printf(
        "- Peers: Java client %s, Micrometer %s, OpenTelemetry %s (its exporter %s), Codahale %s,"
            + " stock bridge %s%n",
        peer("client"),
        peer("micrometer"),
        peer("opentelemetry"),
        peer("opentelemetryExporter"),
        codahale(),
        peer("stockBridge"));
    out.printf("- Command: `%s`%n", System.getProperty("bench.command", "not known"));
  }

  private static String after(Path file, String key, String separator) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(separator) + 1).strip().replace("\"", ""))
          .findFirst()
          .orElse("not known");
    } catch (IOException notLinux) {
      return "not known";
    }
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
