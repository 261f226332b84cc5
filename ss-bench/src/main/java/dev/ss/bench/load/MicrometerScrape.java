package dev.ss.bench.load;

import dev.ss.bridge.BridgeBundle;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code /metrics} in place of SS's own servlet. */
final class MicrometerScrape extends Handler.Wrapper {
  private final PrometheusMeterRegistry registry;

  MicrometerScrape(Handler next, PrometheusMeterRegistry registry) {
    super(next);
    this.registry = registry;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!BridgeBundle.PATH.equals(request.getHttpURI().getCanonicalPath())) {
      return super.handle(request, response, callback);
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Content.Sink.write(response, true, registry.scrape(), callback);
    return true;
  }
}
