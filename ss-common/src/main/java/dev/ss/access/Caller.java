package dev.ss.access;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * The holder of a token.
 *
 * @param name the token's name, which jobs and the audit log keep
 * @param permissions what the token allows
 * @param jobTypes the only job types that the token may be used for; empty if all
 */
public record Caller(String name, Set<Permission> permissions, Optional<Set<String>> jobTypes)
    implements Principal {
  /** Copies the sets. */
  public Caller {
    permissions = Set.copyOf(permissions);
    jobTypes = jobTypes.map(Set::copyOf);
  }

  @Override
  public String getName() {
    return name;
  }

  /** Returns whether the token allows this. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
  }

  /** Returns whether the token may be used for jobs of the type. */
  public boolean mayUse(String jobType) {
    return jobTypes.map(types -> types.contains(jobType)).orElse(true);
  }
}
