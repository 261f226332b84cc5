package dev.ss.access;

/** Why a process refused a request: because of its sender, its {@code Host} or its origin. */
public enum DenialReason {
  /** No token, or an Authorization header that is not Bearer or Basic. */
  NO_TOKEN,
  /** A token that is not in the file. */
  BAD_TOKEN,
  /** A token without the permission, or not for this job type. */
  ROLE,
  /**
   * The Host header names a host that is not allowed: a rebound name, or one missing from the
   * configuration.
   */
  HOST,
  /** A browser sent the request for a page of another site. */
  CROSS_SITE
}
