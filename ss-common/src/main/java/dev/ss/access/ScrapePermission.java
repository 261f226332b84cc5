package dev.ss.access;

import dev.ss.bridge.ScrapeAccess;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Admits the scrapes whose sender has {@link Permission#SCRAPE}. */
public final class ScrapePermission implements ScrapeAccess {
  private final Access access;
  private final AccessMetrics metrics;

  /**
   * @param metrics counts the scrapes that are refused
   */
  public ScrapePermission(Access access, AccessMetrics metrics) {
    this.access = access;
    this.metrics = metrics;
  }

  @Override
  public Optional<Refusal> refusal(Request request) {
    return access
        .identify(request.header(HttpHeader.AUTHORIZATION.asString()))
        .match(this::forbidden, this::unauthorized);
  }

  private Optional<Refusal> forbidden(Caller caller) {
    if (caller.may(Permission.SCRAPE)) {
      return Optional.empty();
    }
    metrics.denied(DenialReason.ROLE);
    return Optional.of(new Refusal(HttpStatus.FORBIDDEN_403, Map.of()));
  }

  private Optional<Refusal> unauthorized(DenialReason reason) {
    metrics.denied(reason);
    return Optional.of(
        new Refusal(
            HttpStatus.UNAUTHORIZED_401,
            Map.of(HttpHeader.WWW_AUTHENTICATE.asString(), Challenge.VALUE)));
  }
}
