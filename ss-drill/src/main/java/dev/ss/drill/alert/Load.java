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

/** Clients that send requests at a steady rate, without waiting for answers. */
final class Load implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  /** Maximum requests in flight, so that a service that hangs is not flooded. */
  private static final int MAX_IN_FLIGHT = 100;

  private final HttpClient http;
  private final URI jobs;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "load");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * Sends requests to one API.
   *
   * @param jobs the URI of its {@code /v1/jobs}
   */
  Load(HttpClient http, URI jobs) {
    this.http = http;
    this.jobs = jobs;
  }

  /** Starts to submit jobs of this type at this rate per second. */
  void submit(String type, double rate) {
    every(rate, () -> send(submission(type)));
  }

  /** Starts to list jobs at this rate per second. */
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
    if (inFlight.incrementAndGet() > MAX_IN_FLIGHT) {
      inFlight.decrementAndGet();
      return;
    }
    // The answer does not matter here: the alerts must notice failures.
    Future<?> unused =
        http.sendAsync(request, BodyHandlers.discarding())
            .whenComplete((response, error) -> inFlight.decrementAndGet());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
