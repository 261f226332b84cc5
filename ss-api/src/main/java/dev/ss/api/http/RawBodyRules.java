package dev.ss.api.http;

import dev.ss.access.Access;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A {@code POST /v1/jobs} that names its {@code job_type} in the query has the input as its body.
 * The body is not read if the request will be refused in any case.
 */
public final class RawBodyRules {
  static final String JOB_TYPE = "job_type";

  /** What a page of another site can send without asking. */
  private static final List<String> SENT_WITHOUT_ASKING =
      List.of("text/plain", "application/x-www-form-urlencoded", "multipart/");

  private final Access access;
  private final Set<String> jobTypes;
  private final long maxBytes;

  public RawBodyRules(Access access, Set<String> jobTypes, long maxBytes) {
    this.access = access;
    this.jobTypes = Set.copyOf(jobTypes);
    this.maxBytes = maxBytes;
  }

  /** Whether the body of the request is an input. */
  boolean isRaw(Request request) {
    String path = request.getHttpURI().getCanonicalPath();
    return HttpMethod.POST.is(request.getMethod())
        && path != null
        && Routes.withoutSlashAtTheEnd(path).equals("/v1/jobs")
        && jobType(request).isPresent();
  }

  /** The maximum size of the input; 0 if the request will be refused whatever its body. */
  long maxBytes(Request request) {
    boolean isWorthReading =
        jobType(request).filter(jobTypes::contains).isPresent()
            && isAllowed(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
            && BodyRules.maySubmit(access, request);
    return isWorthReading ? maxBytes : 0;
  }

  private static Optional<String> jobType(Request request) {
    try {
      Fields query = Request.extractQueryParameters(request);
      return Optional.ofNullable(query.getValue(JOB_TYPE));
    } catch (RuntimeException notUtf8) { // the route refuses the request
      return Optional.empty();
    }
  }

  /** Whether a body of this type may be an input; not without a type, nor one of a form. */
  static boolean isAllowed(@Nullable String contentType) {
    return contentType != null
        && SENT_WITHOUT_ASKING.stream()
            .noneMatch(contentType.strip().toLowerCase(Locale.ROOT)::startsWith);
  }
}
