package dev.ss.testkit.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.contract.Exchange;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The answer to a request. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, HttpHeaders headers, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** Returns this with the request that it answers, as a contract looks at it. */
  public Exchange to(String method, String target) {
    return new Exchange(method, target, status, headers, body);
  }

  /** Returns the first value of a header. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** Returns the body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the body as JSON. */
  public JsonNode json() {
    try {
      return JSON.readTree(text());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + abbreviated(), e);
    }
  }

  /** Returns the text of a field of the JSON object; empty if it is not there. */
  public String field(String name) {
    return json().path(name).asText();
  }

  private String abbreviated() {
    return text().length() > 200 ? text().substring(0, 200) + "…" : text();
  }

  /** Short, for the messages of failed assertions. */
  @Override
  public String toString() {
    return status + " " + abbreviated();
  }
}
