package dev.ss.api.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Family3;
import dev.ss.bridge.Label;
import dev.ss.job.TraceParent;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Exemplars;
import dev.ss.metrics.Guard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Counts and times the requests to the API. */
public final class HttpMetrics {
  /**
   * The methods that OpenTelemetry's semantic conventions for HTTP list. All others are recorded as
   * {@code _OTHER}, the name that the conventions give them.
   */
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final String[] STATUS_CODES =
      IntStream.range(0, 600).mapToObj(Integer::toString).toArray(String[]::new);

  private final Family3<String, Route, Integer, BucketTimer> durations;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Guard guard = new Guard();

  public HttpMetrics(BridgeRegistry registry) {
    Label<String> method = Label.ofSet("method", METHODS, "_OTHER");
    Label<Route> route = Label.ofType("route", Route::template);
    Label<Integer> statusCode = Label.ofType("status_code", HttpMetrics::statusText);
    durations = registry.family(Catalogue.HTTP_REQUEST_DURATION.spec(), method, route, statusCode);
    registry.read(Catalogue.HTTP_REQUESTS_IN_FLIGHT.spec(), inFlight::get);
  }

  /** A request has arrived at the handler. */
  public void began() {
    inFlight.incrementAndGet();
  }

  /** A request that {@link #began} has ended, whatever its outcome. */
  public void ended() {
    inFlight.decrementAndGet();
  }

  /**
   * A request has been answered.
   *
   * @param nanos how long the request took, in nanoseconds
   * @param trace the trace that the request belongs to, if any
   */
  public void answered(
      String method, Route route, int statusCode, long nanos, Optional<TraceParent> trace) {
    guard.count(() -> Exemplars.update(durations.with(method, route, statusCode), nanos, trace));
  }

  private static String statusText(int statusCode) {
    return statusCode >= 100 && statusCode < STATUS_CODES.length
        ? STATUS_CODES[statusCode]
        : "_other";
  }
}
