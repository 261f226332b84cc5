package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.boot.PeriodicTask;
import dev.ss.store.Jobs;
import io.dropwizard.lifecycle.Managed;
import jakarta.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The clients that wait for jobs. No thread is blocked for them: every 100 ms, one query checks all
 * awaited jobs together. While no client waits, there is no query.
 */
public final class Waiters implements Managed {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int MAX_WAITERS = 1000;

  private final Jobs jobs;
  private final LongSupplier nanoTime;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile boolean released;
  private final PeriodicTask task = new PeriodicTask("waiters", INTERVAL, this::answerDue);

  /**
   * @param nanoTime the time in nanoseconds, from any origin
   */
  public Waiters(Jobs jobs, LongSupplier nanoTime) {
    this.jobs = jobs;
    this.nanoTime = nanoTime;
  }

  private record Waiter(UUID jobId, long deadlineNanos, AsyncResponse response) {
    boolean isOver(long nanoTime) {
      return nanoTime - deadlineNanos >= 0;
    }
  }

  /** Resumes the response with the job when it is final or deleted, or the timeout has passed. */
  void add(UUID jobId, Duration timeout, AsyncResponse response) {
    if (waiters.size() >= MAX_WAITERS) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_WAITERS,
          "%d clients are waiting already; ask GET /v1/jobs/{job_id} instead."
              .formatted(MAX_WAITERS));
    }
    Waiter waiter = new Waiter(jobId, nanoTime.getAsLong() + timeout.toNanos(), response);
    waiters.add(waiter);
    if (released) {
      answer(waiter);
    }
  }

  @Override
  public void start() {
    task.start();
  }

  /**
   * Answers all clients at once with the job's current state, also those that come later, so that a
   * stopping process does not wait for them.
   */
  public void release() {
    released = true;
    waiters.forEach(this::answer);
  }

  @Override
  public void stop() {
    task.stop();
  }

  /** Answers the clients whose jobs are no longer unfinished, or whose time is over. */
  void answerDue() {
    List<Waiter> asking = List.copyOf(waiters);
    long now = nanoTime.getAsLong();
    try {
      Set<UUID> unfinished =
          jobs.unfinishedAmong(asking.stream().map(Waiter::jobId).collect(Collectors.toSet()));
      asking.stream()
          .filter(waiter -> !unfinished.contains(waiter.jobId()) || waiter.isOver(now))
          .forEach(this::answer);
    } catch (RuntimeException e) {
      asking.stream().filter(waiter -> waiter.isOver(now)).forEach(waiter -> fail(waiter, e));
      throw e;
    }
  }

  private void answer(Waiter waiter) {
    try {
      JobView job = JobIds.found(jobs.find(waiter.jobId()));
      if (waiters.remove(waiter)) {
        waiter.response().resume(job);
      }
    } catch (RuntimeException e) {
      fail(waiter, e);
    }
  }

  private void fail(Waiter waiter, RuntimeException failure) {
    if (waiters.remove(waiter)) {
      waiter.response().resume(failure);
    }
  }
}
