package dev.ss.bridge.hard;

import com.codahale.metrics.annotation.Timed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource with a method that Dropwizard times. */
@Path("/orders")
public final class Orders {
  /** Lists nothing. */
  @GET
  @Timed
  public String list() {
    return "none";
  }
}
