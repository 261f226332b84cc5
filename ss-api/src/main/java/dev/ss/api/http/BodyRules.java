package dev.ss.api.http;

import dev.ss.access.Access;
import dev.ss.access.Permission;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/** Tells how much of a request's body is worth reading: nothing, if the request will be refused. */
public final class BodyRules implements ToLongFunction<Request> {
  private final Access access;
  private final Map<String, Long> maxBytes;

  /**
   * @param maxBytes the maximum size of the body of a {@code POST}, by path
   */
  public BodyRules(Access access, Map<String, Long> maxBytes) {
    this.access = access;
    this.maxBytes = Map.copyOf(maxBytes);
  }

  @Override
  public long applyAsLong(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    if (path == null || !HttpMethod.POST.is(request.getMethod())) {
      return 0;
    }
    long max = maxBytes.getOrDefault(Routes.withoutSlashAtTheEnd(path), 0L);
    return max > 0 && maySubmit(access, request) ? max : 0;
  }

  /** Whether the request has a token that may submit jobs. */
  static boolean maySubmit(Access access, Request request) {
    return access
        .identify(Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)))
        .match(caller -> caller.may(Permission.SUBMIT), unknown -> false);
  }
}
