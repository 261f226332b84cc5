package dev.ss.access;

import java.security.Principal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The sender of a request.
 *
 * @param tokenName the name of the sender's token, which jobs and the audit log keep; empty where
 *     SS runs without tokens
 * @param permissions what the sender may do
 * @param jobTypes the only job types that the token may be used for; empty if all
 */
public record Caller(
    Optional<String> tokenName, Set<Permission> permissions, Optional<Set<String>> jobTypes)
    implements Principal {
  /** Whoever can reach a process that has no tokens. */
  public static final Caller ANYONE =
      new Caller(Optional.empty(), EnumSet.allOf(Permission.class), Optional.empty());

  /** Copies the sets. */
  public Caller {
    permissions = Set.copyOf(permissions);
    jobTypes = jobTypes.map(Set::copyOf);
  }

  /** The token's name for Dropwizard and the request log; {@code anyone} without tokens. */
  @Override
  public String getName() {
    return tokenName.orElse("anyone");
  }

  /** Returns whether the sender may do this. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** Returns whether the sender may submit, read and change jobs of the type. */
  public boolean mayUse(String jobType) {
    return jobTypes.map(types -> types.contains(jobType)).orElse(true);
  }
}
