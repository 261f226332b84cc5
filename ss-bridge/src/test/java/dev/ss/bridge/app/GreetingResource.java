package dev.ss.bridge.app;

import com.codahale.metrics.annotation.ExceptionMetered;
import com.codahale.metrics.annotation.Metered;
import com.codahale.metrics.annotation.Timed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One method for each way in which Dropwizard measures methods. */
@Path("/greetings")
@Produces(MediaType.TEXT_PLAIN)
public final class GreetingResource {
  private final GreetingDao dao;
  private final Client client;

  GreetingResource(GreetingDao dao, Client client) {
    this.dao = dao;
    this.client = client;
  }

  /** Greets. */
  @GET
  @Path("/{name}")
  @Timed
  public String greet(@PathParam("name") String name) {
    return "hello " + name;
  }

  /** Keeps a greeting. */
  @POST
  @Metered
  public void keep(String greeting) {
    dao.insert(greeting);
  }

  /** Answers from another thread. */
  @GET
  @Path("/later")
  @Timed
  public CompletionStage<String> later() {
    return CompletableFuture.supplyAsync(() -> dao.count() + " greetings");
  }

  /** Never answers well. */
  @GET
  @Path("/failing")
  @Timed
  @ExceptionMetered
  public String fail() {
    throw new IllegalStateException("out of greetings");
  }

  /** Has this application greet by HTTP. */
  @GET
  @Path("/relayed")
  @Timed
  public String relay(@Context UriInfo here) {
    return client.target(here.getBaseUri()).path("greetings/relay").request().get(String.class);
  }
}
