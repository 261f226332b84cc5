package dev.ss.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts by name in a column: a JSON object, or null for none. */
final class TextMap {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

  private TextMap() {}

  /** The text to store. Equal maps have equal texts. */
  static @Nullable String text(Map<String, String> values) {
    if (values.isEmpty()) {
      return null;
    }
    try {
      return JSON.writeValueAsString(new TreeMap<>(values));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("every text can be written as JSON", e);
    }
  }

  /** The values of a stored text. */
  static Map<String, String> parse(@Nullable String text) {
    if (text == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(text, TYPE);
    } catch (JsonProcessingException e) { // dropped: its message quotes the text
      throw new IllegalStateException("the column has no JSON object of texts");
    }
  }
}
