package dev.ss.bench.micro;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures adding a series: 10,000 of them, one after another, to an empty family. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class RegistrationBenchmark {
  private static final int SERIES = 10_000;

  @Param({
    "ours",
    "limit",
    "client",
    "clientClassic",
    "micrometer",
    "otel",
    "otelExponential",
    "stockBridge"
  })
  private String peer;

  private final String[] routes =
      IntStream.range(0, SERIES).mapToObj(i -> "route-" + i).toArray(String[]::new);
  private Peer empty;

  /** Makes an empty family. */
  @Setup(Level.Iteration)
  public void renew() {
    empty = Peer.named(peer);
  }

  /** Adds all series. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public Peer register() {
    for (String route : routes) {
      empty.series(route);
    }
    return empty;
  }
}
