package dev.ss.bridge;

import java.util.Map;
import java.util.Optional;

/**
 * Decides which requests may have the metrics. It is asked on the request's thread before anything
 * is read, by several threads at once, and must not wait for anything slow.
 */
@FunctionalInterface
public interface ScrapeAccess {
  /** Lets everybody in. */
  ScrapeAccess OPEN = request -> Optional.empty();

  /** Why the request is refused; nothing if it is not. */
  Optional<Refusal> refusal(Request request);

  /** What is known of a request. */
  interface Request {
    /** All values of a header, separated by commas. */
    Optional<String> header(String name);
  }

  /**
   * The response to a request that is refused.
   *
   * @param status of the response, such as 401
   * @param headers of the response, such as {@code WWW-Authenticate}
   */
  record Refusal(int status, Map<String, String> headers) {
    /** A refusal whose headers do not change. */
    public Refusal {
      headers = Map.copyOf(headers);
    }
  }
}
