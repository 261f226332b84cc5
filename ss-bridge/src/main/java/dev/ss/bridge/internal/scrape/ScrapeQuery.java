package dev.ss.bridge.internal.scrape;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The query parameters of a scrape.
 *
 * @param families the families that {@code name[]} names, without the endings of samples
 * @param isPeek whether the request comes from a person or a page, not from a scraper
 * @param wantsCreated whether OpenMetrics shall have {@code _created} samples
 */
record ScrapeQuery(Set<String> families, boolean isPeek, boolean wantsCreated) {
  private static final String NAME_PARAMETER = "name[]=";
  private static final String PEEK_PARAMETER = "peek";
  private static final String CREATED_PARAMETER = "created=true";
  private static final Pattern SAMPLE_SUFFIX =
      Pattern.compile("_(total|bucket|count|sum|created|info)$");

  /** Parses a query; empty if it is not percent-encoded. */
  static Optional<ScrapeQuery> parse(String query) {
    try {
      List<String> parameters =
          Arrays.stream(query.split("&", -1))
              .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
              .toList();
      Set<String> families =
          parameters.stream()
              .filter(parameter -> parameter.startsWith(NAME_PARAMETER))
              .map(parameter -> family(parameter.substring(NAME_PARAMETER.length())))
              .collect(Collectors.toUnmodifiableSet());
      return Optional.of(
          new ScrapeQuery(
              families,
              parameters.contains(PEEK_PARAMETER),
              parameters.contains(CREATED_PARAMETER)));
    } catch (IllegalArgumentException notPercentEncoded) {
      return Optional.empty();
    }
  }

  /** Returns the family of a sample of this name. */
  static String family(String sampleName) {
    return SAMPLE_SUFFIX.matcher(sampleName).replaceFirst("");
  }
}
