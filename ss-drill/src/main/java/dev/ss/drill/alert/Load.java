package dev.ss.drill.alert;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask at a steady rate and do not wait for the answer before they ask again. */
final class Load implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  /** More are not under way at once: a service that hangs is not to be buried. */
  private static final int MOST = 100;

  private final HttpClient http;
  private final URI jobs;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "load");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * Clients of one API.
   *
   * @param jobs its {@code /v1/jobs}
   */
  Load(HttpClient http, URI jobs) {
    this.http = http;
    this.jobs = jobs;
  }

  /** From now on so many submissions of this job type per second. */
  void submit(String type, double rate) {
    every(rate, () -> send(submission(type)));
  }

  /** From now on so many lists of jobs per second. */
  void list(double rate) {
    every(rate, () -> send(list()));
  }

  private HttpRequest list() {
    return HttpRequest.newBuilder(jobs).timeout(ANSWER_LIMIT).build();
  }

  /** Lists jobs and waits for the answer. */
  void listOnce() {
    http.sendAsync(list(), BodyHandlers.ofString()).join();
  }

  private void every(double rate, Runnable work) {
    long micros = (long) (1e6 / rate);
    Future<?> unused = timer.scheduleAtFixedRate(work, micros, micros, TimeUnit.MICROSECONDS);
  }

  /** Submits one job and waits for the answer. */
  HttpResponse<String> submitOne(String type) {
    return http.sendAsync(submission(type), BodyHandlers.ofString()).join();
  }

  private HttpRequest submission(String type) {
    return HttpRequest.newBuilder(jobs)
        .timeout(ANSWER_LIMIT)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"job_type\":\"" + type + "\",\"input\":\"\"}"))
        .build();
  }

  private void send(HttpRequest request) {
    if (underWay.incrementAndGet() > MOST) {
      underWay.decrementAndGet();
      return;
    }
    // What becomes of it is for the alerts to tell.
    Future<?> unused =
        http.sendAsync(request, BodyHandlers.discarding())
            .whenComplete((response, error) -> underWay.decrementAndGet());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
