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
 * One of the ranges in an {@code Accept} header (RFC 9110, 12.5.1). Nothing a client can send is an
 * error: what cannot be understood is passed over.
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
   * The range a client prefers among those of a format that there is.
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

  /** How much the client wants this, from 0 (not at all) to 1. */
  double quality() {
    try {
      double quality = Double.parseDouble(parameters.getOrDefault("q", "1"));
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether it names one media type. */
  boolean isSpecific() {
    return !subtype.equals("*");
  }

  /** The format this asks for, if there is one; the simplest where it leaves the choice. */
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
   * How names are escaped for a client that has asked for a way to. Every exported name is a legacy
   * one, which reads the same with any letters allowed and with others made underscores.
   */
  Optional<String> escaping() {
    return Optional.ofNullable(parameters.get("escaping"))
        .map(asked -> asked.equals("allow-utf-8") ? asked : "underscores");
  }

  /** Protobuf is a format for anything; ours is delimited metric families. */
  private boolean isOurKind(ExpositionFormat format) {
    return format != ExpositionFormat.PROTOBUF
        || (parameters.getOrDefault("proto", "").equals("io.prometheus.client.metricfamily")
            && parameters.getOrDefault("encoding", "delimited").equals("delimited"));
  }
}
