package dev.ss.bench.micro;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** Measures scraping. */
final class ScrapeSuite implements Suite {
  private static final String NOTES =
      """
      - One family with one label and so many series, 200 values in each; each scrape collects it \
      and writes it to a stream that counts the bytes and drops them. All text but Micrometer's and \
      the stock bridge's has the same lines, and protobuf the same fields; ours also has since when each series counts.
      - Micrometer adds a gauge of the largest value for each histogram.
      - "timers": each has a name and no label, and so is a family of its own.
      - OpenTelemetry's histograms have classic buckets or native ones, never both.
      - Text and OpenMetrics have no native buckets; in protobuf ours and the Java client's "classic \
      and native" have both, with the same bounds.
      - The stock bridge gives summaries: eight samples for each timer where a histogram of eleven \
      buckets has fourteen. It sorts the timer's sample and matches its name at each scrape, whatever the format.
      - "while two threads record": 100,000 values a second each, spread over all series. With two \
      cores they take their share of the time. What they allocate cannot be told from what the \
      scrape does, and is left out.
      """;

  @Override
  public void run(Jmh jmh, PrintStream out) throws RunnerException, IOException {
    List<RunResult> results = new ArrayList<>(run(jmh, options -> options));
    if (!jmh.sets("peer") && !jmh.sets("format")) {
      results.addAll(run(jmh, options -> text(options).param("peer", "stockBridge")));
      results.addAll(run(jmh, options -> protobuf(options).param("peer", "otelExponential")));
    }
    if (!jmh.sets("recorders")) {
      results.addAll(
          run(jmh, options -> text(options).param("recorders", "2").param("histograms", "1000")));
    }
    if (!jmh.sets("peer") && !jmh.sets("histograms")) {
      results.addAll(run(jmh, ScrapeSuite::timers));
    }
    results.sort(
        Comparator.comparing((RunResult result) -> number(result, "recorders"))
            .thenComparing(result -> number(result, "histograms"))
            .thenComparing(result -> format(result)));
    List<Row> rows = new ArrayList<>();
    for (RunResult result : results) {
      rows.add(row(result));
    }
    out.println("## Scraping\n");
    new Table("µs", rows).print(out);
    out.println(NOTES);
  }

  private static Collection<RunResult> run(Jmh jmh, UnaryOperator<ChainedOptionsBuilder> more)
      throws RunnerException {
    return jmh.run(
        ScrapeBenchmark.class, options -> more.apply(options).addProfiler(GCProfiler.class));
  }

  private static ChainedOptionsBuilder text(ChainedOptionsBuilder options) {
    return options.param("format", ScrapeFormat.TEXT.name());
  }

  private static ChainedOptionsBuilder protobuf(ChainedOptionsBuilder options) {
    return options.param("format", ScrapeFormat.PROTOBUF.name());
  }

  /** As many timers as the bridge exports from others by default. */
  private static ChainedOptionsBuilder timers(ChainedOptionsBuilder options) {
    return options
        .param("labelled", "false")
        .param("histograms", "20000")
        .param("peer", "ours", "stockBridge");
  }

  private static Row row(RunResult result) throws IOException {
    String peer = result.getParams().getParam("peer");
    boolean labelled = Boolean.parseBoolean(result.getParams().getParam("labelled"));
    int histograms = number(result, "histograms");
    ScrapeFormat format = format(result);
    String setting =
        String.format(
            Locale.ROOT,
            "%,d %s, %s",
            histograms,
            labelled ? "histograms" : "timers",
            format.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    Row row = Row.ofTime(setting + load(result), peer, result);
    row = number(result, "recorders") == 0 ? row : row.withoutAllocated();
    return row.withWritten(ScrapeBenchmark.size(peer, labelled, histograms, format));
  }

  private static String load(RunResult result) {
    int recorders = number(result, "recorders");
    return recorders == 0 ? "" : ", while %d threads record".formatted(recorders);
  }

  private static int number(RunResult result, String parameter) {
    return Integer.parseInt(result.getParams().getParam(parameter));
  }

  private static ScrapeFormat format(RunResult result) {
    return ScrapeFormat.valueOf(result.getParams().getParam("format"));
  }
}
