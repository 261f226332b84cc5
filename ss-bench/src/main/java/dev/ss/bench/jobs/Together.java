package dev.ss.bench.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Repeats the same work in several threads. */
final class Together {
  private Together() {}

  /** Does {@code work} so many times in all; returns how often per second. */
  static double rate(int threads, int times, Runnable work) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger left = new AtomicInteger(times);
      List<Future<?>> all = new ArrayList<>();
      long begin = System.nanoTime();
      for (int i = 0; i < threads; i++) {
        all.add(
            executor.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    work.run();
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      return times * 1e9 / (System.nanoTime() - begin);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }
}
