package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Health checks: liveness for the supervisor that restarts this process, readiness for the load
 * balancer that sends requests to it.
 */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final Supplier<Optional<String>> databaseFailure;
  private volatile boolean stopping;

  /**
   * @param databaseFailure why the database cannot be used; empty while it can
   */
  public HealthResource(Supplier<Optional<String>> databaseFailure) {
    this.databaseFailure = databaseFailure;
  }

  /** Reports not ready from now on, so that load balancers send no new requests. */
  public void leave() {
    stopping = true;
  }

  /** The body of a successful answer. */
  record Health(String status) {}

  /** Liveness: 200 whenever the process can answer at all. */
  @GET
  @Path("/live")
  public Health live() {
    return new Health("live");
  }

  /** Readiness: 200 if the process can do its work, or 503 with the reason why it cannot. */
  @GET
  @Path("/ready")
  public Health ready() {
    if (stopping) {
      throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.");
    }
    Optional<String> failure = databaseFailure.get();
    if (failure.isPresent()) {
      throw new ProblemException(
          ProblemCode.DATABASE_UNAVAILABLE,
          "The database cannot be used: %s.".formatted(failure.get()));
    }
    return new Health("ready");
  }
}
