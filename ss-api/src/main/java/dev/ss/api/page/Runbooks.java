package dev.ss.api.page;

import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/** Serves the runbooks of this version, which the report and the status page link to. */
@Path("/runbooks")
public final class Runbooks {
  /** As text, because browsers save Markdown instead of showing it. */
  private static final String TEXT = "text/plain;charset=utf-8";

  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,64}\\.md");

  /** Answers with a runbook. */
  @GET
  @RolesAllowed(Roles.READ)
  @Path("{file}")
  public Response runbook(@PathParam("file") String name, @Context Request request) {
    return Optional.of(name)
        .filter(NAME.asMatchPredicate())
        .flatMap(known -> PageFile.findResource(TEXT, "runbooks/" + known))
        .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such runbook."))
        .answer(request)
        .build();
  }
}
