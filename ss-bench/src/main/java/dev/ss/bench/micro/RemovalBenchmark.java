package dev.ss.bench.micro;

import com.codahale.metrics.MetricRegistry;
import dev.ss.bridge.BridgeRegistry;
import java.util.List;
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

/** Measures removing a timer: 5,000 of 20,000, one after another, by their names. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 5)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class RemovalBenchmark {
  private static final int TIMERS = 20_000;
  private static final int REMOVED = 5_000;

  @Param({"ours", "codahale"})
  private String peer;

  private final List<String> names =
      IntStream.range(0, TIMERS)
          .mapToObj(i -> MetricRegistry.name("latency", "route-" + i))
          .toList();
  private final List<String> some =
      IntStream.range(0, REMOVED).mapToObj(i -> names.get(i * (TIMERS / REMOVED))).toList();
  private MetricRegistry registry;

  /** Registers all timers. */
  @Setup(Level.Iteration)
  public void register() {
    registry =
        switch (peer) {
          case "ours" -> new BridgeRegistry();
          case "codahale" -> new MetricRegistry();
          default -> throw new IllegalArgumentException("no such peer: " + peer);
        };
    names.forEach(registry::timer);
  }

  /** Removes every fourth timer. */
  @Benchmark
  @OperationsPerInvocation(REMOVED)
  public void remove() {
    for (String name : some) {
      if (!registry.remove(name)) {
        throw new IllegalStateException("it was not there: " + name);
      }
    }
  }
}
