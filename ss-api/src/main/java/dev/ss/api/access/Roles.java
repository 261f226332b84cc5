package dev.ss.api.access;

/**
 * The {@linkplain dev.ss.access.Permission permissions} of the API's routes, as {@link
 * jakarta.annotation.security.RolesAllowed} takes them.
 */
public final class Roles {
  public static final String READ = "read";
  public static final String SUBMIT = "submit";
  public static final String OPERATE = "operate";

  private Roles() {}
}
