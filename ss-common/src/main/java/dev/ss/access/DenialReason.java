package dev.ss.access;

import java.util.Locale;

/** Why a process refused a request before looking at what it asks for. */
public enum DenialReason {
  /** No token, or an Authorization header that is not Bearer or Basic. */
  NO_TOKEN,
  /** A token that is not in the file. */
  BAD_TOKEN,
  /** A token without the permission, or not for this job type. */
  ROLE,
  /** The Host header names a host that is not ours: a rebound name, or a missing configuration. */
  HOST,
  /** A browser sent it for a page of another site. */
  CROSS_SITE;

  /** The value of the label {@code reason}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
