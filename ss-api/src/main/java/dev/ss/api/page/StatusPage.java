package dev.ss.api.page;

import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Serves the status page. Browsers cache its files and revalidate them by ETag on each use. */
@Path("/")
public final class StatusPage {
  /** The page may load only what this server serves, must not be framed, and submits no forms. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final PageFiles files = new PageFiles();

  /** Answers with the page's HTML. */
  @GET
  @RolesAllowed(Roles.READ)
  @Produces(MediaType.TEXT_HTML)
  public Response page(@Context Request request) {
    return answer(request, files.page());
  }

  /** Answers with a file that the page loads. */
  @GET
  @RolesAllowed(Roles.READ)
  @Path("ui/{file}")
  public Response file(@PathParam("file") String name, @Context Request request) {
    return answer(
        request,
        files
            .other(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.NOT_FOUND, "The status page has no such file.")));
  }

  private static Response answer(Request request, PageFile file) {
    return file.answer(request).header("Content-Security-Policy", CONTENT_SECURITY_POLICY).build();
  }
}
