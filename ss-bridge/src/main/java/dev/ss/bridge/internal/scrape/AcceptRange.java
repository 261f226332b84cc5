package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ExpositionFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One range of an {@code Accept} header (RFC 9110, 12.5.1). No header is an error: ranges that
 * cannot be parsed are ignored.
 */
record AcceptRange(String type, String subtype, Map<String, String> parameters) {

  static List<AcceptRange> parse(String header) {
    List<AcceptRange> ranges = new ArrayList<>();
    for (String element : split(header, ',')) {
      List<String> parts = split(element, ';');
      List<String> names = split(parts.get(0), '/');
      if (names.size() == 2) {
        ranges.add(
            new AcceptRange(
                names.get(0), names.get(1), parameters(parts.subList(1, parts.size()))));
      }
    }
    return ranges;
  }

  private static Map<String, String> parameters(List<String> parts) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : parts) {
      List<String> pair = split(part, '=');
      if (pair.size() == 2) {
        parameters.putIfAbsent(pair.get(0), pair.get(1).replace("\"", ""));
      }
    }
    return parameters;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int begin = 0;
    for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, begin)) {
      parts.add(clean(text.substring(begin, end)));
      begin = end + 1;
    }
    parts.add(clean(text.substring(begin)));
    return parts;
  }

  private static String clean(String part) {
    return part.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the range that the client prefers among those of a supported format.
   *
   * @param accept the header's value, if there is one
   */
  static Optional<AcceptRange> preferred(Optional<String> accept) {
    return accept.map(AcceptRange::parse).orElseGet(List::of).stream()
        .filter(range -> range.quality() > 0 && range.format().isPresent())
        .min(
            Comparator.comparingDouble(AcceptRange::quality)
                .thenComparing(AcceptRange::isSpecific)
                .reversed());
  }

  /** The range's weight, from 0 (not acceptable) to 1. */
  double quality() {
    try {
      double quality = Double.parseDouble(parameters.getOrDefault("q", "1"));
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether the range names one media type. */
  boolean isSpecific() {
    return !subtype.equals("*");
  }

  /** The format of this range, if it is supported; the simplest one for a wildcard. */
  Optional<ExpositionFormat> format() {
    if (subtype.equals("*") && (type.equals("*") || type.equals("text"))) {
      return Optional.of(ExpositionFormat.TEXT);
    }
    for (ExpositionFormat format : ExpositionFormat.values()) {
      if (format.is(type, subtype) && isOurKind(format)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * The escaping scheme in the answer to a client that has asked for one. Every exported name is a
   * legacy name, which is the same under {@code allow-utf-8} and {@code underscores}.
   */
  Optional<String> escaping() {
    return Optional.ofNullable(parameters.get("escaping"))
        .map(asked -> asked.equals("allow-utf-8") ? asked : "underscores");
  }

  /** Any message can be protobuf; ours are delimited metric families. */
  private boolean isOurKind(ExpositionFormat format) {
    return format != ExpositionFormat.PROTOBUF
        || (parameters.getOrDefault("proto", "").equals("io.prometheus.client.metricfamily")
            && parameters.getOrDefault("encoding", "delimited").equals("delimited"));
  }
}
