package dev.ss.bench.micro;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the heap that a labelled histogram retains: the growth of the heap after a full
 * collection, divided by the number of histograms made meanwhile. The benchmark's time is
 * meaningless.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(
    value = 3,
    // Otherwise only every fourth full collection compacts fully; the others keep some dead
    // objects.
    jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1"})
public class RetentionBenchmark {
  static final String BYTES = "bytesPerHistogram";

  private static final int HISTOGRAMS = 5_000;
  private static final int FOR_CLASSES = 10;

  /** How the histograms were used before they were measured. */
  public enum Use {
    /** Registered, and nothing recorded. */
    IDLE(0),
    /** 1,000 values by one thread. */
    ONE_THREAD(1),
    /** 1,000 values by two threads at once, half of them by each. */
    TWO_THREADS(2);

    private final int threads;

    Use(int threads) {
      this.threads = threads;
    }
  }

  /** The result. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Retained {
    /** The heap's growth for each histogram, in bytes. */
    public double bytesPerHistogram;
  }

  @Param({
    "ours",
    "limit",
    "client",
    "clientClassic",
    "micrometer",
    "otel",
    "otelExponential",
    "stockBridge",
    "stockBridgeLockFree"
  })
  private String peer;

  @Param private Use use;

  private final String[] routes =
      IntStream.range(0, HISTOGRAMS).mapToObj(i -> "route-" + i).toArray(String[]::new);

  /** Measures. */
  @Benchmark
  public Peer retain(Retained retained) throws InterruptedException {
    fill(Peer.named(peer), FOR_CLASSES);
    long before = left();
    Peer filled = Peer.named(peer);
    fill(filled, HISTOGRAMS);
    retained.bytesPerHistogram = (double) (left() - before) / HISTOGRAMS;
    return filled;
  }

  private void fill(Peer empty, int histograms) throws InterruptedException {
    Contention contention = new Contention(use.threads);
    for (int i = 0; i < histograms; i++) {
      contention.record(empty.series(routes[i]));
    }
    contention.end();
  }

  /** Not the current usage, in which a thread's whole allocation buffer counts as used. */
  private static long left() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }
}
