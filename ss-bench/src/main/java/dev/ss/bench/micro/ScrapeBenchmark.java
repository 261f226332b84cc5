package dev.ss.bench.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures a scrape of so many labelled histograms, alone or while threads record into them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 150, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class ScrapeBenchmark {
  private static final int VALUES = 200;

  @Param({"ours", "client", "clientClassic", "micrometer", "otel"})
  private String peer;

  @Param({"100", "1000", "10000"})
  private int histograms;

  @Param private ScrapeFormat format;

  @Param("0")
  private int recorders;

  @Param("true")
  private boolean labelled;

  private Peer scraped;
  private Recorders running;

  /** Records the same values into every series, whichever the peer. */
  @Setup
  public void record() {
    scraped = named(peer, labelled);
    running = new Recorders(recorders, fill(scraped, histograms));
  }

  private static Peer named(String peer, boolean labelled) {
    return labelled ? Peer.named(peer) : Peer.withoutLabels(peer);
  }

  private static List<LongConsumer> fill(Peer peer, int histograms) {
    List<LongConsumer> all = new ArrayList<>();
    Durations durations = new Durations();
    for (int i = 0; i < histograms; i++) {
      LongConsumer series = peer.series("route-" + i);
      for (int value = 0; value < VALUES; value++) {
        series.accept(durations.next());
      }
      all.add(series);
    }
    return all;
  }

  /** Scrapes once. */
  @Benchmark
  public long scrape() throws IOException {
    return written(scraped, format);
  }

  private static long written(Peer peer, ScrapeFormat format) throws IOException {
    ByteCounter counter = new ByteCounter();
    peer.scrape(format, counter);
    return counter.written();
  }

  /** Returns the size of one scrape in bytes. */
  static long size(String peer, boolean labelled, int histograms, ScrapeFormat format)
      throws IOException {
    Peer scraped = named(peer, labelled);
    fill(scraped, histograms);
    return written(scraped, format);
  }

  /** Ends the recorders. */
  @TearDown
  public void end() throws InterruptedException {
    running.end();
  }
}
