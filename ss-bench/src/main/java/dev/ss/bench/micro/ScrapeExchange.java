package dev.ss.bench.micro;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;

/** A request for metrics without a server; its answer goes to a stream. */
final class ScrapeExchange extends HttpExchange {
  private static final URI METRICS = URI.create("/metrics");

  private final Headers asked = new Headers();
  private final Headers answered = new Headers();
  private final OutputStream body;

  ScrapeExchange(ScrapeFormat format, OutputStream body) {
    this.body = body;
    asked.set("Accept", format.contentType());
    if (format.isCompressed()) {
      asked.set("Accept-Encoding", "gzip");
    }
  }

  @Override
  public String getRequestMethod() {
    return "GET";
  }

  @Override
  public URI getRequestURI() {
    return METRICS;
  }

  @Override
  public Headers getRequestHeaders() {
    return asked;
  }

  @Override
  public Headers getResponseHeaders() {
    return answered;
  }

  @Override
  public void sendResponseHeaders(int status, long length) {
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IllegalStateException("a scrape was answered " + status);
    }
  }

  @Override
  public OutputStream getResponseBody() {
    return body;
  }

  @Override
  public void close() {}

  @Override
  public InputStream getRequestBody() {
    return InputStream.nullInputStream();
  }

  @Override
  public int getResponseCode() {
    throw new UnsupportedOperationException();
  }

  @Override
  public HttpContext getHttpContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String getProtocol() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getAttribute(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(String name, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setStreams(InputStream input, OutputStream output) {
    throw new UnsupportedOperationException();
  }

  @Override
  public HttpPrincipal getPrincipal() {
    throw new UnsupportedOperationException();
  }
}
