package dev.ss.bench.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Does the same work in several threads. */
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

  /** Work for one of several things that are numbered from 0. */
  interface Work<T> {
    T on(int number) throws Exception;
  }

  /** Does {@code work} on each number below {@code count}, each in a thread of its own. */
  static <T> List<T> each(int count, Work<T> work) {
    ExecutorService executor = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> all =
          IntStream.range(0, count).mapToObj(i -> executor.submit(() -> work.on(i))).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> each : all) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }
}
