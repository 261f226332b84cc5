package dev.ss.api.http;

import dev.ss.boot.LogContext;
import dev.ss.job.TraceParent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Optional;

/** Adds the id of a request's trace to the lines that are logged while it is served. */
@PreMatching
public final class TraceLog implements ContainerRequestFilter, ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    LogContext.trace(TraceParent.parse(request.getHeaderString("traceparent")));
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    LogContext.trace(Optional.empty());
  }
}
