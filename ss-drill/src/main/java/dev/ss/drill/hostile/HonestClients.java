package dev.ss.drill.hostile;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** One client for each kind of request, which goes on whatever happens and keeps the times. */
final class HonestClients implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private final URI api;
  private final String jobType;
  private final String jobId;
  private final ExecutorService threads = Executors.newFixedThreadPool(Kind.values().length);
  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private volatile Map<Kind, Times> times = none();

  /** What a client asks for. */
  enum Kind {
    SUBMIT,
    STATUS,
    HEALTH,
    METRICS
  }

  /**
   * @param jobType what is submitted
   * @param jobId the job whose status is asked for
   */
  HonestClients(URI api, String jobType, String jobId) {
    this.api = api;
    this.jobType = jobType;
    this.jobId = jobId;
  }

  private static Map<Kind, Times> none() {
    Map<Kind, Times> none = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      none.put(kind, new Times());
    }
    return none;
  }

  HonestClients begin() {
    ask(Kind.SUBMIT, this::submit);
    ask(Kind.STATUS, http -> http.get("/v1/jobs/" + jobId));
    ask(Kind.HEALTH, http -> http.get("/health/ready"));
    ask(Kind.METRICS, http -> http.get("/metrics"));
    return this;
  }

  /** A request. */
  private interface Request {
    Answer by(Http http);
  }

  private void ask(Kind kind, Request request) {
    HttpClient own =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();
    Http http = new Http(own, api, ANSWER_LIMIT);
    threads.execute(
        () -> {
          try {
            while (!threads.isShutdown()) {
              time(kind, () -> request.by(http));
              Thread.sleep(PAUSE.toMillis());
            }
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void time(Kind kind, Supplier<Answer> request) {
    long begun = System.nanoTime();
    boolean served;
    try {
      served = request.get().status() / 100 == 2;
    } catch (UncheckedIOException | IllegalStateException noAnswer) {
      served = false;
    }
    Objects.requireNonNull(times.get(kind)).add(System.nanoTime() - begun, served);
  }

  private Answer submit(Http http) {
    String body = "{\"job_type\":\"%s\",\"input\":\"0\\n\"}".formatted(jobType);
    Answer answer = http.submit(body, "Idempotency-Key", UUID.randomUUID().toString());
    if (answer.status() == 201) {
      accepted.add(answer.field("job_id"));
    }
    return answer;
  }

  /** The times since this was asked last. */
  Map<Kind, Times> takeTimes() {
    Map<Kind, Times> taken = times;
    times = none();
    return taken;
  }

  /** The jobs that the API has acknowledged. */
  List<String> accepted() {
    return new ArrayList<>(accepted);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
