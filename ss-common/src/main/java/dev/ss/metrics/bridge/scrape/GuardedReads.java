package dev.ss.metrics.bridge.scrape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads values from code that may throw or hang, on a thread that can be given up. A source that
 * exceeds its limit loses only its own value: the rest is read on another thread, and the source is
 * left alone until its call returns.
 */
public final class GuardedReads {
  private final Duration limit;
  private final Duration budget;
  private final Set<Source> stuck = ConcurrentHashMap.newKeySet();
  private final ExecutorService readers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "metrics-reader");
            thread.setDaemon(true);
            return thread;
          });

  /** Something to read. */
  public interface Source {
    /** What it is called in the log and in the count of what was left out. */
    String name();

    /** The value now. */
    Object read() throws Exception;

    /** It gave no value, and took that long; told before whatever comes after it is read. */
    default void failed(Duration took) {}
  }

  /** What came of reading a source. */
  public sealed interface Outcome {
    /** A value, which may be null. */
    record Value(Source source, Object value) implements Outcome {}

    /** No value. The reason is fit for a log: never a message of somebody's. */
    record Failure(Source source, String reason) implements Outcome {}
  }

  /**
   * Reads with these limits.
   *
   * @param limit for one source
   * @param budget for all sources of one call together
   */
  public GuardedReads(Duration limit, Duration budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** Reads all sources, in their order. */
  public List<Outcome> read(List<? extends Source> sources) {
    List<Outcome> outcomes = new ArrayList<>(sources.size());
    long deadline = System.nanoTime() + budget.toNanos();
    while (outcomes.size() < sources.size()) {
      List<? extends Source> rest = sources.subList(outcomes.size(), sources.size());
      if (System.nanoTime() - deadline >= 0) {
        rest.forEach(
            source -> outcomes.add(failure(source, "no time was left for it", Duration.ZERO)));
      } else {
        outcomes.addAll(readUntilStuck(rest, deadline));
      }
    }
    return outcomes;
  }

  /** The outcomes up to the end, or up to and including the first source that hangs. */
  private List<Outcome> readUntilStuck(List<? extends Source> sources, long deadline) {
    Batch batch = new Batch(sources);
    readers.execute(batch);
    boolean interrupted = false;
    try {
      while (!batch.done.await(batch.nanosToLook(deadline), TimeUnit.NANOSECONDS)) {
        if (batch.nanosToLimit(deadline) <= 0 && batch.giveUp()) {
          break;
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
      batch.giveUp();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return batch.outcomes();
  }

  /** One thread's way through the sources, and the scrape's right to end it. */
  private final class Batch implements Runnable {
    private static final int GIVEN_UP = -1;

    private final List<? extends Source> sources;
    private final Outcome[] outcomes;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger turn = new AtomicInteger();

    /** A time to come until this has a processor, so that waiting for one is nobody's fault. */
    private volatile long turnStarted;

    Batch(List<? extends Source> sources) {
      this.sources = sources;
      this.outcomes = new Outcome[sources.size()];
      this.turnStarted = System.nanoTime() + budget.toNanos();
    }

    @Override
    public void run() {
      for (int i = 0; i < outcomes.length; i++) {
        turnStarted = System.nanoTime();
        Outcome outcome = outcome(sources.get(i));
        if (turn.get() == i) {
          outcomes[i] = outcome;
        }
        // Whoever moves the turn decides: this thread, or the scrape that has lost patience.
        if (!turn.compareAndSet(i, i + 1)) {
          stuck.remove(sources.get(i));
          return;
        }
      }
      done.countDown();
    }

    /** A turn may have begun since that ends before the limit known now. */
    long nanosToLook(long deadline) {
      return Math.min(limit.toNanos(), nanosToLimit(deadline));
    }

    long nanosToLimit(long deadline) {
      long now = System.nanoTime();
      return Math.min(turnStarted + limit.toNanos() - now, deadline - now);
    }

    /** False if there is nothing to give up, or the source has come back at the last moment. */
    boolean giveUp() {
      int i = turn.get();
      if (i == outcomes.length) {
        return false;
      }
      Source source = sources.get(i);
      stuck.add(source);
      if (!turn.compareAndSet(i, GIVEN_UP)) {
        stuck.remove(source);
        return false;
      }
      outcomes[i] = failure(source, "it took longer than " + limit.toMillis() + " ms", limit);
      return true;
    }

    List<Outcome> outcomes() {
      return Arrays.stream(outcomes).takeWhile(Objects::nonNull).toList();
    }
  }

  private Outcome outcome(Source source) {
    if (stuck.contains(source)) {
      return failure(source, "an earlier call has not returned", Duration.ZERO);
    }
    long begin = System.nanoTime();
    try {
      return new Outcome.Value(source, source.read());
    } catch (Throwable e) { // even an Error, as of a class that is not there
      tellIfFatal(e);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      return failure(source, e.getClass().getName(), took);
    }
  }

  /** Whoever ends the process when its memory is used up hears of it as if the thread had died. */
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
