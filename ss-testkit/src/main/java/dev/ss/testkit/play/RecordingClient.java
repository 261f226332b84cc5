package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.model.State;
import dev.ss.testkit.model.Step;
import dev.ss.testkit.model.Told;
import dev.ss.testkit.model.Walk;
import dev.ss.testkit.process.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A client that records in the {@link Knowledge} what the answers tell it. */
final class RecordingClient {
  private static final int MAX_PAGES = 400;
  private static final int TRIES = 20;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Asker asker;
  private final IntFunction<URI> apis;
  private final Knowledge knowledge;

  /**
   * Makes a client.
   *
   * @param apis gives an API for any number
   */
  RecordingClient(Asker asker, IntFunction<URI> apis, Knowledge knowledge) {
    this.asker = asker;
    this.apis = apis;
    this.knowledge = knowledge;
  }

  private TimedAnswer get(int api, String path) {
    return asker.get(apis.apply(api), "/v1/jobs" + path);
  }

  private TimedAnswer post(int api, String path, String body, String... headers) {
    return asker.post(apis.apply(api), "/v1/jobs" + path, body, headers);
  }

  /** Submits a new job, or repeats a submission under its key. */
  TimedAnswer submit(int api, Submission submission) {
    String[] headers =
        submission.key().map(key -> new String[] {"Idempotency-Key", key}).orElse(new String[0]);
    TimedAnswer answer = post(api, "", submission.body(), headers);
    knowledge.answered("submit", answer.status());
    accept(submission, answer.status(), answer.body());
    expect(answer, "submission", Set.of(200, 201, 429));
    return answer;
  }

  private void accept(Submission submission, int status, JsonNode job) {
    if (status == 200 || status == 201) {
      knowledge.accepted(submission, job.path("job_id").asText(), status == 201);
    } else if (status == TimedAnswer.NONE || status == 503) {
      knowledge.unanswered(submission);
    }
  }

  /** Submits a different job under a key that already has one. */
  void clash(int api, String key, Submission other) {
    TimedAnswer answer = post(api, "", other.body(), "Idempotency-Key", key);
    knowledge.answered("clash", answer.status());
    expect(answer, "other submission under a known key", Set.of(409));
  }

  /** Submits all jobs in one batch. */
  void submitAll(int api, List<Submission> batch) {
    String items = batch.stream().map(Submission::item).collect(Collectors.joining(","));
    TimedAnswer answer = post(api, "/batch", "{\"jobs\":[" + items + "]}");
    knowledge.answered("batch", answer.status());
    expect(answer, "batch", Set.of(200, 429));
    JsonNode results = answer.body().path("results");
    for (int i = 0; i < batch.size(); i++) {
      int status =
          answer.status() == 200 ? results.path(i).path("status").asInt() : answer.status();
      accept(batch.get(i), status, results.path(i).path("job"));
      if (answer.status() == 200 && !Set.of(200, 201, 429).contains(status)) {
        knowledge.surprise("an answer that must not be", status + " for an item of a batch");
      }
    }
  }

  TimedAnswer cancel(int api, String jobId) {
    TimedAnswer answer = post(api, "/" + jobId + "/cancel", "{}");
    knowledge.answered("cancel", answer.status());
    expect(answer, "cancel", Set.of(200, 202, 409));
    switch (answer.status()) {
      case 200 -> told("cancelled", jobId, answer, Told.state(State.CANCELLED));
      case 202 -> told("will be cancelled", jobId, answer, Told.cancelling());
      case 409 ->
          told("cannot be cancelled", jobId, answer, Told.state(State.SUCCEEDED, State.FAILED));
      default -> {}
    }
    return answer;
  }

  TimedAnswer retry(int api, String jobId) {
    TimedAnswer answer = post(api, "/" + jobId + "/retry", "{}");
    knowledge.answered("retry", answer.status());
    expect(answer, "retry", Set.of(200, 409));
    if (answer.status() == 200 || answer.isUnknown()) {
      knowledge.mayBeRetried(jobId);
    }
    switch (answer.status()) {
      case 200 -> told("queued again", jobId, answer, Told.state(State.QUEUED));
      case 409 ->
          told("cannot be retried", jobId, answer, Told.state(State.RUNNING, State.SUCCEEDED));
      default -> {}
    }
    return answer;
  }

  void see(int api, String jobId) {
    TimedAnswer answer = get(api, "/" + jobId);
    knowledge.answered("get", answer.status());
    expect(answer, "get", Set.of(200));
    if (answer.status() == 200) {
      State state = State.named(answer.body().path("state").asText());
      int attempt = answer.body().path("attempt").asInt();
      told(state + " " + attempt, jobId, answer, Told.state(state, attempt));
    }
  }

  private void told(String words, String jobId, TimedAnswer answer, Predicate<Step> like) {
    knowledge.told(new Told(words, jobId, answer.from(), answer.to(), like));
  }

  /** Walks over all pages; gives up if a page does not come. */
  void walk(int api, int limit, Optional<String> jobType, Optional<String> state) {
    String query = "?limit=" + limit + filter("job_type", jobType) + filter("state", state);
    List<String> jobs = new ArrayList<>();
    Optional<TimedAnswer> first = page(api, query);
    Optional<TimedAnswer> page = first;
    for (int i = 0; i < MAX_PAGES && page.isPresent(); i++) {
      JsonNode body = page.get().body();
      body.path("jobs").forEach(job -> jobs.add(job.path("job_id").asText()));
      if (body.path("next_cursor").isNull()) {
        knowledge.walked(
            new Walk(first.orElseThrow().from(), page.get().to(), jobType, state, jobs));
        return;
      }
      page = page(api + i, query + "&cursor=" + body.path("next_cursor").asText());
    }
  }

  private static String filter(String name, Optional<String> value) {
    return value.map(each -> "&" + name + "=" + each).orElse("");
  }

  private Optional<TimedAnswer> page(int api, String query) {
    for (int i = 0; i < TRIES; i++) {
      TimedAnswer answer = get(api + i, query);
      knowledge.answered("page", answer.status());
      expect(answer, "page", Set.of(200));
      if (answer.status() == 200) {
        return Optional.of(answer);
      }
      Waiting.pause(PAUSE);
    }
    return Optional.empty();
  }

  private void expect(TimedAnswer answer, String question, Set<Integer> statuses) {
    if (!answer.isUnknown() && !statuses.contains(answer.status())) {
      knowledge.surprise(
          "an answer that must not be",
          "%d for a %s: %s"
              .formatted(answer.status(), question, answer.body().path("code").asText()));
    }
  }
}
