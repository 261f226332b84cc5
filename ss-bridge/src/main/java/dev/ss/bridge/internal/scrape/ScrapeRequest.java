package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.exposition.ExpositionFormat;
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
 * @param escaping how names are escaped, if the client has asked for a way to
 * @param families the names of families or of their samples; none for all families
 */
record ScrapeRequest(
    ExpositionFormat format, Optional<String> escaping, boolean compressed, Set<String> families) {

  /** A client that names no format that there is gets text: it is worth more than nothing. */
  static ScrapeRequest of(Exchange exchange, ScrapeQuery query) {
    Optional<AcceptRange> range = AcceptRange.preferred(exchange.header("Accept"));
    ExpositionFormat format = range.flatMap(AcceptRange::format).orElse(ExpositionFormat.TEXT);
    boolean withCreated = format == ExpositionFormat.OPEN_METRICS && query.wantsCreated();
    return new ScrapeRequest(
        withCreated ? ExpositionFormat.OPEN_METRICS_CREATED : format,
        range.flatMap(AcceptRange::escaping).filter(asked -> format != ExpositionFormat.TEXT),
        acceptsGzip(exchange.header("Accept-Encoding")),
        query.families());
  }

  String contentType() {
    return format.contentType() + escaping.map(scheme -> "; escaping=" + scheme).orElse("");
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
