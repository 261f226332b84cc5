package dev.ss.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Threads that record into one histogram at the same time, 1,000 values together, and then into the
 * next. They wait for each other without sleeping, because a thread that sleeps would wake up only
 * when the other is done.
 */
final class Contention {
  private static final int VALUES = 1_000;

  private final int threads;
  private final List<Thread> others = new ArrayList<>();
  private final Durations durations = new Durations();
  private final AtomicInteger finished = new AtomicInteger();
  private volatile Round round = new Round(null, 0);

  /** The series to record into; null ends the threads. */
  private record Round(LongConsumer series, int number) {}

  /**
   * Starts the threads.
   *
   * @param threads how many threads record, including the calling one; with 0, nothing is recorded
   */
  Contention(int threads) {
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      Thread other = new Thread(this::follow, "contention-" + i);
      other.setDaemon(true);
      others.add(other);
      other.start();
    }
  }

  void record(LongConsumer series) {
    if (threads == 0) {
      return;
    }
    finished.set(0);
    round = new Round(series, round.number + 1);
    share(series, durations);
    while (finished.get() < others.size()) {
      stayAwake();
    }
  }

  private void follow() {
    Durations own = new Durations();
    own.skip(VALUES);
    for (int number = 1; ; number++) {
      while (round.number < number) {
        stayAwake();
      }
      LongConsumer series = round.series;
      if (series == null) {
        return;
      }
      share(series, own);
      finished.incrementAndGet();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // with fewer processors than threads, spinning is waste
  private static void stayAwake() {
    Thread.yield();
  }

  private void share(LongConsumer series, Durations from) {
    for (int i = 0; i < VALUES / threads; i++) {
      series.accept(from.next());
    }
  }

  /** Ends the threads and waits for them. */
  void end() throws InterruptedException {
    round = new Round(null, round.number + 1);
    for (Thread other : others) {
      other.join();
    }
  }
}
