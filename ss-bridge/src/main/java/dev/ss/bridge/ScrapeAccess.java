package dev.ss.bridge;

import java.util.Map;
import java.util.Optional;

/**
 * Decides which requests may read the metrics. It is called on the request's thread before anything
 * is read, possibly by several threads at once, and must not block.
 */
@FunctionalInterface
public interface ScrapeAccess {
  /** Accepts every request. */
  ScrapeAccess OPEN = request -> Optional.empty();

  /** Returns the response to a request that is refused; empty if the request is accepted. */
  Optional<Refusal> refusal(Request request);

  /** The request. */
  interface Request {
    /** Returns all values of a header, separated by commas. */
    Optional<String> header(String name);
  }

  /**
   * The response to a refused request.
   *
   * @param status its HTTP status, such as 401
   * @param headers its headers, such as {@code WWW-Authenticate}
   */
  record Refusal(int status, Map<String, String> headers) {
    /** Copies the headers. */
    public Refusal {
      headers = Map.copyOf(headers);
    }
  }
}
