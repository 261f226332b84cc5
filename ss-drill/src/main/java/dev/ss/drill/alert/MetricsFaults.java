package dev.ss.drill.alert;

import static dev.ss.drill.alert.Fault.names;

import dev.ss.testkit.process.TcpProxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Faults that only the metrics suffer from. */
final class MetricsFaults {
  private static final String WORKER = "worker-1";

  /** More than the scaled bound of the alert, and less than the scaled timeout of a scrape. */
  private static final Duration DISTANCE = Duration.ofMillis(600);

  private static final int MANY_TYPES = 3500;

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND");

  private static final List<String> PATHS =
      List.of(
          "/",
          "/metrics",
          "/health/live",
          "/health/ready",
          "/admin",
          "/v1/jobs",
          "/v1/jobs/batch",
          "/v1/jobs/1",
          "/v1/jobs/1/cancel",
          "/v1/jobs/1/retry",
          "/v1/jobs/1/wait",
          "/v1/jobs/1/output",
          "/v1/jobs/1/log",
          "/v1/workers",
          "/v1/queue");

  /** What makes a difference to the status. */
  private static final List<List<String>> HEADERS =
      List.of(
          List.of("Accept", "*/*"),
          List.of("Accept", "image/png"),
          List.of("Content-Type", "text/plain"),
          List.of("Content-Type", "application/json"),
          List.of("Sec-Fetch-Site", "cross-site"));

  private MetricsFaults() {}

  static Stream<Fault> all() {
    return Stream.of(distant(), large(), clash(), scanned());
  }

  private static Fault distant() {
    return fault(
        "distant",
        "scrapes of the worker delayed by 0.6 s on their way; then no longer",
        "SsScrapeSlow",
        service -> {
          TcpProxy line = TcpProxy.to(service.process(WORKER).uri("/").getPort());
          line.delay(DISTANCE);
          service.scrapeWorkersAt(line.port());
          return line::heal;
        });
  }

  /** What takes long to start, and to be read on a busy machine, may say that as well. */
  private static Fault large() {
    return new Fault(
        "large",
        "the worker restarted with %d more job types; then without".formatted(MANY_TYPES),
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsScrapeTooLarge"),
        names(),
        names("SsScrapeSlow", "SsMetricsDropped", "SsHeartbeatsFailing", "SsNoWorker"),
        service -> {
          service.restart(WORKER, manyTypes(), Map.of("JDK_JAVA_OPTIONS", "-Xmx256m"));
          return () -> service.restart(WORKER, "", Map.of());
        });
  }

  private static String manyTypes() {
    return IntStream.range(0, MANY_TYPES)
        .mapToObj("  type-%d: {command: [cat]}%n"::formatted)
        .collect(Collectors.joining());
  }

  private static Fault clash() {
    return fault(
        "clash",
        "the API restarted with a mapping that gives many metrics one name; then without",
        "SsMetricsDropped",
        service -> {
          String mapping =
              "metrics: {mappings: [{match: io.dropwizard.jetty.MutableServletContextHandler.*,"
                  + " name: jetty}]}\n";
          service.restart(Service.API, mapping, Map.of());
          return () -> service.restart(Service.API, "", Map.of());
        });
  }

  private static Fault scanned() {
    return fault(
        "scanned",
        "requests with all methods to all routes, with odd headers; then the API restarted",
        "SsMetricsOverflowing",
        service -> {
          scan(service);
          return () -> service.restart(Service.API, "", Map.of());
        });
  }

  private static void scan(Service service) {
    for (String path : PATHS) {
      URI uri = service.process(Service.API).uri(path);
      for (String method : METHODS) {
        for (List<String> header : HEADERS) {
          HttpRequest request =
              HttpRequest.newBuilder(uri)
                  .method(method, BodyPublishers.noBody())
                  .header(header.get(0), header.get(1))
                  .build();
          service.http().sendAsync(request, BodyHandlers.discarding()).join();
        }
      }
    }
  }

  private static Fault fault(String name, String done, String alert, Fault.Break doing) {
    return new Fault(
        name, done, Faults.ONE_WORKER, Faults::steady, names(alert), names(), names(), doing);
  }
}
