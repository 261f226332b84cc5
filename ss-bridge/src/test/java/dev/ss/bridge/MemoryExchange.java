package dev.ss.bridge;

import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import dev.ss.bridge.internal.scrape.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** A GET request without a server, which keeps the answer in memory. */
final class MemoryExchange implements Exchange {
  private final String accept;
  private final String query;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  MemoryExchange(String accept, String query) {
    this.accept = accept;
    this.query = query;
  }

  byte[] body() {
    return body.toByteArray();
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public Optional<String> query() {
    return Optional.of(query);
  }

  @Override
  public Optional<String> header(String name) {
    return name.equals("Accept") ? Optional.of(accept) : Optional.empty();
  }

  @Override
  public void setHeader(String name, String value) {}

  @Override
  public void refuse(int status) {
    throw new IllegalStateException("the scrape answered " + status);
  }

  @Override
  public void answer(ExpositionBuffer page, boolean withBody) throws IOException {
    page.sendTo(body);
  }
}
