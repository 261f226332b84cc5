package dev.ss.access;

import java.util.Optional;

/**
 * Tells who sent a request. Thread-safe; does not block.
 *
 * @see TokenAccess
 * @see OpenAccess
 */
public interface Access {
  /**
   * Identifies the sender of a request.
   *
   * @param authorization the value of its {@code Authorization} header, if it has one
   */
  Identity identify(Optional<String> authorization);
}
