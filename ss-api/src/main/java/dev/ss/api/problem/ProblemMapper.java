package dev.ss.api.problem;

import dev.ss.access.AccessMetrics;
import dev.ss.access.Challenge;
import dev.ss.access.DenialReason;
import dev.ss.boot.FatalErrors;
import dev.ss.boot.RepeatedFailures;
import dev.ss.store.DatabaseUnavailableException;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;
import java.util.TreeSet;
import org.glassfish.jersey.message.internal.HeaderValueException;

/** Answers every exception that a resource or Jersey throws with a {@link Problem}. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final String CONNECTION = "Connection";

  private final RepeatedFailures failures;
  private final AccessMetrics access;

  /**
   * @param failures logs the failures that are not the client's fault
   * @param access counts the requests that their sender may not make
   */
  public ProblemMapper(RepeatedFailures failures, AccessMetrics access) {
    this.failures = failures;
    this.access = access;
  }

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof ProblemException known) {
      return known(known);
    }
    if (failure instanceof ForbiddenException) {
      return known(new ProblemException(ProblemCode.FORBIDDEN, Problem.FORBIDDEN));
    }
    if (failure instanceof DatabaseUnavailableException) {
      failures.failed(failure);
      return response(
              Problem.of(
                  ProblemCode.DATABASE_UNAVAILABLE,
                  "The database does not answer; try again, with the same Idempotency-Key."))
          .header(HttpHeaders.RETRY_AFTER, 1)
          .build();
    }
    if (failure instanceof HeaderValueException) {
      return response(Problem.ofStatus(400)).build();
    }
    if (failure instanceof WebApplicationException chosen) {
      return chosenByJersey(chosen);
    }
    FatalErrors.endIfFatal(failure);
    failures.failed(failure);
    return response(Problem.of(ProblemCode.INTERNAL_ERROR, Problem.DEFECT)).build();
  }

  private Response known(ProblemException problem) {
    Response.ResponseBuilder response = response(Problem.of(problem.code(), problem.getMessage()));
    problem
        .retryAfter()
        .ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
    if (problem.code() == ProblemCode.UNAVAILABLE) {
      // A client that kept this connection would send its next request to a stopping process.
      response.header(CONNECTION, "close");
    } else if (problem.code() == ProblemCode.UNAUTHORIZED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, Challenge.VALUE);
    } else if (problem.code() == ProblemCode.FORBIDDEN) {
      access.denied(DenialReason.ROLE);
    }
    return response.build();
  }

  private static Response chosenByJersey(WebApplicationException chosen) {
    Response.ResponseBuilder response =
        response(Problem.ofStatus(chosen.getResponse().getStatus()));
    if (chosen instanceof NotAllowedException) {
      response.header(HttpHeaders.ALLOW, allow(chosen.getResponse().getAllowedMethods()));
    }
    return response.build();
  }

  /**
   * The Allow header. Jersey answers HEAD wherever it answers GET, but leaves it out of this set.
   */
  private static String allow(Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    if (all.contains(HttpMethod.GET)) {
      all.add(HttpMethod.HEAD);
    }
    return String.join(", ", all);
  }

  private static Response.ResponseBuilder response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
  }
}
