package dev.ss.bridge.internal.scrape;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a request asks for. Requests that are equal get the same bytes.
 *
 * @param families the names of families or of their samples; none for all families
 */
record ScrapeRequest(Format format, boolean compressed, Set<String> families) {

  static ScrapeRequest of(Exchange exchange, ScrapeQuery query) {
    return new ScrapeRequest(
        Format.preferredBy(exchange.header("Accept")),
        acceptsGzip(exchange.header("Accept-Encoding")),
        query.families());
  }

  private static boolean acceptsGzip(Optional<String> header) {
    List<String> codings =
        Arrays.stream(header.orElse("").split(",", -1))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT).replace(" ", ""))
            .collect(Collectors.toList());
    return codings.stream()
        .anyMatch(
            coding ->
                coding.equals("gzip")
                    || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
  }

  /** Whether a family of this name is asked for. */
  Predicate<String> wanted() {
    return families.isEmpty() ? name -> true : name -> families.contains(ScrapeQuery.family(name));
  }
}
