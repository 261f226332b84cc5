package dev.ss.api.page;

import dev.ss.api.access.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/** Serves the OpenAPI document of this version, the contract of all routes. */
@Path("/v1/openapi.yaml")
public final class OpenApiDocument {
  private final PageFile document =
      PageFile.ofResource("application/yaml", "/dev/ss/api/openapi.yaml");

  /** Answers with the document. */
  @GET
  @RolesAllowed(Roles.READ)
  public Response document(@Context Request request) {
    return document.answer(request).build();
  }
}
