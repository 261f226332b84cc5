package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.boot.PeriodicTask;
import dev.ss.job.Job;
import dev.ss.store.Jobs;
import io.dropwizard.lifecycle.Managed;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The clients that wait for jobs. No thread is blocked for them: every 100 ms, one query checks all
 * awaited jobs together, and a second one reads those that are due. While no client waits, there is
 * no query. Every second, the clients that have hung up are dropped.
 */
public final class Waiters implements Managed {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final int LOOKS_BETWEEN_CHECKS = 10;
  private static final int MAX_WAITERS = 1000;

  /** The status that nginx logs for such a request; no client sees it. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private final Jobs jobs;
  private final JobViews views;
  private final LongSupplier nanoTime;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private volatile boolean released;
  private final PeriodicTask task = new PeriodicTask("waiters", INTERVAL, this::look);
  private long looks;

  /**
   * @param nanoTime the time in nanoseconds, from any origin
   */
  public Waiters(Jobs jobs, JobViews views, LongSupplier nanoTime) {
    this.jobs = jobs;
    this.views = views;
    this.nanoTime = nanoTime;
  }

  /** A client. Its lock keeps the look at its connection and its answer apart. */
  private static final class Waiter {
    private final UUID jobId;
    private final long deadlineNanos;
    private final AsyncResponse response;
    private final BooleanSupplier hungUp;

    Waiter(UUID jobId, long deadlineNanos, AsyncResponse response, BooleanSupplier hungUp) {
      this.jobId = jobId;
      this.deadlineNanos = deadlineNanos;
      this.response = response;
      this.hungUp = hungUp;
    }

    boolean isOver(long nanoTime) {
      return nanoTime - deadlineNanos >= 0;
    }
  }

  /**
   * Resumes the response with the job when it is final or deleted, or the timeout has passed.
   *
   * @param hungUp whether the client has gone away, in which case nobody reads the answer
   */
  void add(UUID jobId, Duration timeout, AsyncResponse response, BooleanSupplier hungUp) {
    requireRoom();
    Waiter waiter = new Waiter(jobId, nanoTime.getAsLong() + timeout.toNanos(), response, hungUp);
    waiters.add(waiter);
    if (released) {
      answerAll(List.of(waiter));
    }
  }

  /** Refuses further clients while there are too many; called before anything is looked up. */
  void requireRoom() {
    if (waiters.size() >= MAX_WAITERS) {
      throw new ProblemException(
          ProblemCode.TOO_MANY_WAITERS,
          "%d clients are waiting already; ask GET /v1/jobs/{job_id} instead."
              .formatted(MAX_WAITERS));
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
    answerAll(List.copyOf(waiters));
  }

  @Override
  public void stop() {
    task.stop();
  }

  private void look() {
    if (looks++ % LOOKS_BETWEEN_CHECKS == 0) {
      dropHungUp();
    }
    answerDue();
  }

  /** Ends the requests of the clients that have gone away, which make room for others. */
  void dropHungUp() {
    for (Waiter waiter : List.copyOf(waiters)) {
      boolean dropped;
      synchronized (waiter) {
        dropped = waiters.contains(waiter) && waiter.hungUp.getAsBoolean();
        if (dropped) {
          waiters.remove(waiter);
        }
      }
      if (dropped) {
        waiter.response.resume(Response.status(CLIENT_CLOSED_REQUEST).build());
      }
    }
  }

  /** Answers the clients whose jobs are no longer unfinished, or whose time is over. */
  void answerDue() {
    List<Waiter> asking = List.copyOf(waiters);
    long now = nanoTime.getAsLong();
    try {
      Set<UUID> unfinished = jobs.unfinishedAmong(jobIds(asking));
      answer(
          asking.stream()
              .filter(waiter -> !unfinished.contains(waiter.jobId) || waiter.isOver(now))
              .toList());
    } catch (RuntimeException e) {
      asking.stream().filter(waiter -> waiter.isOver(now)).forEach(waiter -> resume(waiter, e));
      throw e;
    }
  }

  private void answerAll(List<Waiter> asking) {
    try {
      answer(asking);
    } catch (RuntimeException e) {
      asking.forEach(waiter -> resume(waiter, e));
    }
  }

  /** Answers with the jobs as they are, which one query finds. */
  private void answer(List<Waiter> due) {
    Map<UUID, Job> found = jobs.findAll(jobIds(due));
    for (Waiter waiter : due) {
      Job job = found.get(waiter.jobId);
      resume(waiter, job == null ? JobIds.notFound() : views.of(job));
    }
  }

  private static Set<UUID> jobIds(List<Waiter> asking) {
    return asking.stream().map(waiter -> waiter.jobId).collect(Collectors.toSet());
  }

  private void resume(Waiter waiter, Object answer) {
    boolean mine;
    synchronized (waiter) {
      mine = waiters.remove(waiter);
    }
    if (mine) {
      resume(waiter.response, answer);
    }
  }

  private static void resume(AsyncResponse response, Object answer) {
    if (answer instanceof Throwable failure) {
      response.resume(failure);
    } else {
      response.resume(answer);
    }
  }
}
