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
import java.util.stream.Collectors;

/**
 * The clients that wait for jobs. No thread is blocked for them: every 100 ms, one query checks all
 * awaited jobs together. While no client waits, there is no query.
 */
public final class Waiters implements Managed {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int MOST = 1000;

  private final Jobs jobs;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile boolean released;
  private final PeriodicTask task = new PeriodicTask("waiters", INTERVAL, this::answerDue);

  public Waiters(Jobs jobs) {
    this.jobs = jobs;
  }

  private record Waiter(UUID jobId, long deadlineNanos, AsyncResponse response) {
    boolean isOver() {
      return System.nanoTime() - deadlineNanos >= 0;
    }
  }

  /** Resumes the response with the job when it is final or deleted, or the timeout has passed. */
  void add(UUID jobId, Duration timeout, AsyncResponse response) {
    if (waiters.size() >= MOST) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_WAITERS,
          "%d clients are waiting already; ask GET /v1/jobs/{job_id} instead.".formatted(MOST));
    }
    Waiter waiter = new Waiter(jobId, System.nanoTime() + timeout.toNanos(), response);
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

  private void answerDue() {
    List<Waiter> asking = List.copyOf(waiters);
    try {
      Set<UUID> unfinished =
          jobs.unfinishedAmong(asking.stream().map(Waiter::jobId).collect(Collectors.toSet()));
      asking.stream()
          .filter(waiter -> !unfinished.contains(waiter.jobId()) || waiter.isOver())
          .forEach(this::answer);
    } catch (RuntimeException e) {
      asking.stream().filter(Waiter::isOver).forEach(waiter -> fail(waiter, e));
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
