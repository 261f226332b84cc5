package dev.ss.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path with query parameters. */
public final class Query {
  private final String path;
  private final List<String> parameters = new ArrayList<>();

  public Query(String path) {
    this.path = path;
  }

  /** Adds a parameter, unless its value is null. */
  public Query with(String name, @Nullable Object value) {
    if (value != null) {
      parameters.add(name + "=" + encoded(value.toString()));
    }
    return this;
  }

  /** Adds a parameter for each of these values. */
  public Query withAll(String name, List<?> values) {
    values.forEach(value -> with(name, value));
    return this;
  }

  /** Returns whether it has a parameter. */
  public boolean hasParameters() {
    return !parameters.isEmpty();
  }

  /** Makes a text safe for a path or a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
  }
}
