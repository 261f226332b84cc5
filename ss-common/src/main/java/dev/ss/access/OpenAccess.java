package dev.ss.access;

import java.util.Optional;

/** Without tokens, everyone who can reach the process may do everything. */
public final class OpenAccess implements Access {
  @Override
  public Identity identify(Optional<String> authorization) {
    return new Identity.Known(Caller.ANYONE);
  }
}
