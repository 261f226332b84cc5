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
 * The content that a request asks for. Equal requests get the same bytes.
 *
 * @param escaping the escaping scheme for names, if the client has asked for one
 * @param families the names of families or of their samples; empty for all families
 */
record ScrapeRequest(
    ExpositionFormat format, Optional<String> escaping, boolean compressed, Set<String> families) {

  /** A client that accepts no supported format gets text, which is better than an error. */
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

  /** Returns which families are asked for. */
  Predicate<String> wanted() {
    return families.isEmpty() ? name -> true : name -> families.contains(ScrapeQuery.family(name));
  }
}
