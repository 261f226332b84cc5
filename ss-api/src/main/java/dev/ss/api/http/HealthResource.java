package dev.ss.api.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.boot.DatabaseProbe;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Tells a supervisor whether to restart this process, and a balancer whether to send to it. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private final DatabaseProbe database;
  private volatile boolean stopping;

  /** Readiness is the database's, until the process is to stop. */
  public HealthResource(DatabaseProbe database) {
    this.database = database;
  }

  /** Not ready from now on: nobody new should be sent here. */
  public void leave() {
    stopping = true;
  }

  /** A state. */
  record Health(@JsonProperty("status") String status) {}

  /** The process answers. */
  @GET
  @Path("/live")
  public Object live() {
    return new Health("live");
  }

  /** The process can do its work: 200, or 503 with the reason why it cannot. */
  @GET
  @Path("/ready")
  public Object ready() {
    if (stopping) {
      throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.");
    }
    Optional<String> failure = database.failure();
    if (failure.isPresent()) {
      throw new ProblemException(
          ProblemCode.DATABASE_UNAVAILABLE,
          "The database cannot be used: %s.".formatted(failure.get()));
    }
    return new Health("ready");
  }
}
