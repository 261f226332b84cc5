package dev.ss.access;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what a browser sends for a page of another site, before any route sees it, and tells
 * browsers to keep every response to themselves. Both processes have it, with tokens and without.
 *
 * <ul>
 *   <li>A request whose {@code Host} is not {@linkplain AllowedHosts allowed} gets 421.
 *   <li>A request that may change something gets 403 if {@code Sec-Fetch-Site} or {@code Origin}
 *       says that another site's page sent it (Fetch Metadata; RFC 6454). Programs send neither.
 * </ul>
 */
public final class DoorHandler extends Handler.Wrapper {
  /** The name of the request attribute that holds the {@link DenialReason} of a refused request. */
  public static final String REASON = DenialReason.class.getName();

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  /** Set before the routes run; a route that needs another value, such as a policy, replaces it. */
  private static final HttpField[] SAFE_DEFAULTS = {
    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
    new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
    new PreEncodedHttpField(
        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
    new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin")
  };

  private final AllowedHosts hosts;
  private final AccessMetrics metrics;

  DoorHandler(Handler routes, AllowedHosts hosts, AccessMetrics metrics) {
    super(routes);
    this.hosts = hosts;
    this.metrics = metrics;
  }

  /** Sets the headers that every response has, unless its route sets other values. */
  public static void setSafeDefaults(HttpFields.Mutable headers) {
    for (HttpField field : SAFE_DEFAULTS) {
      headers.put(field);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    setSafeDefaults(response.getHeaders());
    if (!hosts.allow(Request.getServerName(request))) {
      return refuse(
          DenialReason.HOST, HttpStatus.MISDIRECTED_REQUEST_421, request, response, callback);
    }
    if (!SAFE_METHODS.contains(request.getMethod()) && isCrossSite(request)) {
      return refuse(DenialReason.CROSS_SITE, HttpStatus.FORBIDDEN_403, request, response, callback);
    }
    return super.handle(request, response, callback);
  }

  private boolean refuse(
      DenialReason reason, int status, Request request, Response response, Callback callback) {
    metrics.denied(reason);
    request.setAttribute(REASON, reason);
    Response.writeError(request, response, callback, status);
    return true;
  }

  private static boolean isCrossSite(Request request) {
    String site = request.getHeaders().get(FETCH_SITE);
    if (site != null) {
      return !OWN_SITES.contains(site);
    }
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    return origin != null && !isOwn(origin, request);
  }

  /** Compares host and port, and not the scheme: a proxy that ends TLS keeps only the Host. */
  private static boolean isOwn(String origin, Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    int start = origin.indexOf("://");
    return start > 0 && origin.substring(start + 3).equalsIgnoreCase(host);
  }
}
