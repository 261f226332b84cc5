package dev.ss.bench.micro;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Threads that record into all series in turn, 100,000 values a second each. */
final class Recorders {
  private static final int BURST = 100;
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private final List<Thread> threads = new ArrayList<>();
  private final List<LongConsumer> series;
  private volatile boolean closed;

  Recorders(int count, List<LongConsumer> series) {
    this.series = series;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::record, "recorder-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void record() {
    Durations durations = new Durations();
    long due = System.nanoTime();
    for (int next = 0; !closed; next += BURST) {
      for (int i = 0; i < BURST; i++) {
        series.get((next + i) % series.size()).accept(durations.next());
      }
      due += PAUSE_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** Ends the threads and waits for them. */
  void end() throws InterruptedException {
    closed = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
