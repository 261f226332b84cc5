package dev.ss.bench.load;

import dev.ss.api.metrics.Route;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Records the same as {@code RequestMetrics}, at the same place, in the way of Micrometer's own
 * instrumentations: a timer that is built and looked up for each request. The timer's count is the
 * number of requests, so there is no separate counter.
 */
final class MicrometerRequests implements RequestLog {
  private static final Duration[] BUCKETS =
      DoubleStream.of(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
          .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1e3)))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final AtomicInteger inFlight = new AtomicInteger();

  MicrometerRequests(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("http.requests.in.flight", inFlight::get).register(registry);
  }

  void install(Server server) {
    server.setHandler(
        new Handler.Wrapper(server.getHandler()) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            inFlight.incrementAndGet();
            Request.addCompletionListener(request, failure -> inFlight.decrementAndGet());
            return super.handle(request, response, callback);
          }
        });
    server.setRequestLog(this);
  }

  @Override
  public void log(Request request, Response response) {
    Timer.builder("http.request.duration")
        .tags(
            "method", request.getMethod(),
            "route", route(request).template(),
            "status_code", Integer.toString(response.getStatus()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(System.nanoTime() - request.getBeginNanoTime(), TimeUnit.NANOSECONDS);
  }

  private static Route route(Request request) {
    return request.getAttribute(Route.class.getName()) instanceof Route route
        ? route
        : Route.UNMATCHED;
  }
}
