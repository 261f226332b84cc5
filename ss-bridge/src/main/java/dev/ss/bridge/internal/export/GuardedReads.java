package dev.ss.bridge.internal.export;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from code that may throw or hang, on threads that can be abandoned. One thread reads
 * all sources in turn, as long as they answer. When a source is slow, another thread continues with
 * the sources behind it, so a source that exceeds its limit loses only its own value. A source
 * whose last call has not returned is not called again, by any scrape, so a source that hangs costs
 * one thread. Thread-safe.
 */
public final class GuardedReads {
  /** How long a source may take before another thread continues with the next ones. */
  private static final Duration PATIENCE = Duration.ofMillis(50);

  /** How many threads may wait for slow sources in one scrape. */
  private static final int MAX_READERS = 8;

  /** How long an idle thread waits for the next scrape. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Duration limit;
  private final Duration budget;
  private final ConcurrentMap<Source, Call> running = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor readers =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE.toNanos(),
          TimeUnit.NANOSECONDS,
          new SynchronousQueue<>(),
          GuardedReads::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metrics-reader");
    thread.setDaemon(true);
    return thread;
  }

  /** Something to read. */
  public interface Source {
    /** Its name in the log and in the count of dropped metrics. */
    String name();

    /** Reads the value. */
    @Nullable Object read() throws Exception;

    /** Reports that a read gave no value, and how long it took. */
    default void failed(Duration took) {}
  }

  /** The result of reading a source. */
  public sealed interface Outcome {
    /** The value that the source gave. */
    record Value(Source source, @Nullable Object value) implements Outcome {}

    /** No value. The reason can be logged: it never contains an exception's message. */
    record Failure(Source source, String reason) implements Outcome {}
  }

  /**
   * Reads with these limits.
   *
   * @param limit for one source
   * @param budget for all sources of one call of {@link #read}
   */
  public GuardedReads(Duration limit, Duration budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** Ends idle threads. Later reads use new threads, which end when they are done. */
  public void close() {
    readers.setKeepAliveTime(0, TimeUnit.NANOSECONDS);
  }

  /**
   * Reads all sources, and returns the outcomes in the order of the sources.
   *
   * @param begun the {@link System#nanoTime} at which the budget began
   */
  List<Outcome> read(List<? extends Source> sources, long begun) {
    if (sources.isEmpty()) {
      return List.of();
    }
    Reading reading = new Reading(sources, begun);
    try {
      reading.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reading.abandoned = true;
    }
    return reading.outcomes();
  }

  /** One call of a source, which several scrapes may wait for. */
  private final class Call {
    private final Source source;
    private final long started = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Outcome outcome;

    Call(Source source) {
      this.source = source;
    }

    void run() {
      outcome = outcomeOf(source);
      running.remove(source, this);
      over.countDown();
    }

    long nanosLeft() {
      return started + limit.toNanos() - System.nanoTime();
    }

    boolean isOpen() {
      return outcome == null && nanosLeft() > 0;
    }
  }

  /** The state of one scrape that reads its sources. */
  private final class Reading implements Runnable {
    private final List<? extends Source> sources;
    private final long begun;
    private final AtomicReferenceArray<@Nullable Call> calls;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Counts the sources that this scrape's threads have read, or that another scrape is reading.
     */
    private final CountDownLatch answered;

    private volatile boolean abandoned;

    Reading(List<? extends Source> sources, long begun) {
      this.sources = sources;
      this.begun = begun;
      this.calls = new AtomicReferenceArray<>(sources.size());
      this.answered = new CountDownLatch(sources.size());
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement();
          i < sources.size() && !abandoned;
          i = next.getAndIncrement()) {
        Call own = new Call(sources.get(i));
        Call other = running.putIfAbsent(own.source, own);
        calls.set(i, other == null ? own : other);
        if (other == null) {
          own.run();
        }
        answered.countDown();
      }
    }

    void await() throws InterruptedException {
      readers.execute(this);
      int seen = 0;
      while (!answered.await(Math.min(PATIENCE.toNanos(), nanosLeft()), TimeUnit.NANOSECONDS)) {
        int reached = Math.min(next.get(), sources.size());
        boolean allCalled = reached == sources.size();
        if (nanosLeft() <= 0 || (allCalled && open(reached) == 0)) {
          return;
        }
        if (!allCalled && reached == seen && open(reached) < MAX_READERS) {
          readers.execute(this);
        }
        seen = reached;
      }
      awaitOthers();
    }

    /** Waits for the calls that other scrapes have begun. */
    private void awaitOthers() throws InterruptedException {
      for (int i = 0; i < sources.size(); i++) {
        Call call = calls.get(i);
        boolean unused =
            call.over.await(Math.min(call.nanosLeft(), nanosLeft()), TimeUnit.NANOSECONDS);
      }
    }

    private long nanosLeft() {
      return begun + budget.toNanos() - System.nanoTime();
    }

    /** How many of the first sources may still answer in time, or are about to be called. */
    private int open(int reached) {
      int open = 0;
      for (int i = 0; i < reached; i++) {
        Call call = calls.get(i);
        if (call == null || call.isOpen()) {
          open++;
        }
      }
      return open;
    }

    List<Outcome> outcomes() {
      List<Outcome> outcomes = new ArrayList<>(sources.size());
      for (int i = 0; i < sources.size(); i++) {
        outcomes.add(outcome(sources.get(i), calls.get(i)));
      }
      return outcomes;
    }

    private Outcome outcome(Source source, @Nullable Call call) {
      Outcome outcome = call == null ? null : call.outcome;
      if (outcome != null) {
        return outcome;
      } else if (call == null || call.nanosLeft() > 0) {
        return failure(source, "no time was left for it", Duration.ZERO);
      } else if (call.started + limit.toNanos() - begun < 0) {
        return failure(source, "an earlier call has not returned", Duration.ZERO);
      }
      return failure(source, "it took longer than " + limit.toMillis() + " ms", limit);
    }
  }

  private static Outcome outcomeOf(Source source) {
    long begin = System.nanoTime();
    try {
      return new Outcome.Value(source, source.read());
    } catch (Throwable e) { // even an Error, for example for a missing class
      tellIfFatal(e);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return failure(source, e.getClass().getName(), took);
    }
  }

  /**
   * Calls the thread's uncaught-exception handler, so that a handler that ends the process when
   * memory is exhausted still does so.
   */
  private static void tellIfFatal(Throwable failure) {
    if (failure instanceof OutOfMemoryError || failure instanceof InternalError) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  private static Outcome failure(Source source, String reason, Duration took) {
    source.failed(took);
    return new Outcome.Failure(source, reason);
  }
}
