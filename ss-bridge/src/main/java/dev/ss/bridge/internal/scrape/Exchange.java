package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import java.io.IOException;
import java.util.Optional;

/** A request for metrics and its response, independent of the server. */
public interface Exchange {
  /** Returns the request's method. */
  String method();

  /** Returns the request's query, without the question mark and not decoded. */
  Optional<String> query();

  /** Returns all values of a header of the request, separated by commas. */
  Optional<String> header(String name);

  /** Sets a header of the response. */
  void setHeader(String name, String value);

  /** Answers with an error status and without metrics. */
  void refuse(int status) throws IOException;

  /**
   * Answers 200.
   *
   * @param withBody whether to send the page; otherwise only its length
   */
  void answer(ExpositionBuffer page, boolean withBody) throws IOException;
}
