package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import java.io.IOException;
import java.util.Optional;

/** A request for metrics and its response, whatever the server. */
public interface Exchange {
  /** The request's method. */
  String method();

  /** The request's query, without its question mark and not decoded. */
  Optional<String> query();

  /** All values of a header of the request, separated by commas. */
  Optional<String> header(String name);

  /** Sets a header of the response. */
  void setHeader(String name, String value);

  /** Answers with an error and no body of the metrics. */
  void refuse(int status) throws IOException;

  /**
   * Answers 200.
   *
   * @param withBody whether the page is sent, and not its length alone
   */
  void answer(ExpositionBuffer page, boolean withBody) throws IOException;
}
