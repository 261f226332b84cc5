package dev.ss.api.access;

import dev.ss.access.Access;
import dev.ss.access.AccessMetrics;
import dev.ss.access.Caller;
import dev.ss.access.DenialReason;
import dev.ss.api.problem.Problem;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import io.dropwizard.auth.AuthFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/** Identifies the sender of a request, or answers 401. */
@Priority(Priorities.AUTHENTICATION)
final class TokenFilter extends AuthFilter<Caller, Caller> {
  private final Access access;
  private final AccessMetrics metrics;

  private TokenFilter(Access access, AccessMetrics metrics) {
    this.access = access;
    this.metrics = metrics;
  }

  static TokenFilter of(Access access, AccessMetrics metrics) {
    return new AuthFilterBuilder<Caller, Caller, TokenFilter>() {
      @Override
      protected TokenFilter newInstance() {
        return new TokenFilter(access, metrics);
      }
    }.setAuthenticator(Optional::of)
        .setAuthorizer((caller, role, request) -> isAllowed(caller, role))
        .buildAuthFilter();
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller =
        access
            .identify(Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)))
            .match(
                known -> known,
                reason -> {
                  throw unauthorized(reason);
                });
    authenticate(request, caller, "Bearer");
  }

  private ProblemException unauthorized(DenialReason reason) {
    metrics.denied(reason);
    return new ProblemException(
        ProblemCode.UNAUTHORIZED,
        switch (reason) {
          case NO_TOKEN -> Problem.UNAUTHORIZED;
          default -> "This server does not know the token.";
        });
  }

  private static boolean isAllowed(Caller caller, String role) {
    return caller.permissions().stream().anyMatch(each -> each.wireName().equals(role));
  }
}
