package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.job.JobState;
import dev.ss.testkit.model.Step;
import dev.ss.testkit.model.Told;
import dev.ss.testkit.model.Walk;
import dev.ss.testkit.place.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A client. It records in the {@link Knowledge} what the answers tell it. */
final class Client {
  private static final int MOST_PAGES = 400;
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
  Client(Asker asker, IntFunction<URI> apis, Knowledge knowledge) {
    this.asker = asker;
    this.apis = apis;
    this.knowledge = knowledge;
  }

  private URI uri(int api, String path) {
    return apis.apply(api).resolve("/v1/jobs" + path);
  }

  /** Submits a new job, or repeats a submission under its key. */
  Answer submit(int api, Submission submission) {
    String[] headers =
        submission.key().map(key -> new String[] {"Idempotency-Key", key}).orElse(new String[0]);
    Answer answer = asker.post(uri(api, ""), submission.body(), headers);
    knowledge.answered("submit", answer.status());
    accept(submission, answer.status(), answer.body());
    expect(answer, "submission", Set.of(200, 201, 429));
    return answer;
  }

  private void accept(Submission submission, int status, JsonNode job) {
    if (status == 200 || status == 201) {
      knowledge.accepted(submission, job.path("job_id").asText(), status == 201);
    } else if (status == Answer.NONE || status == 503) {
      knowledge.unanswered(submission);
    }
  }

  /** Submits a different job under a key that already has one. */
  void clash(int api, String key, Submission other) {
    Answer answer = asker.post(uri(api, ""), other.body(), "Idempotency-Key", key);
    knowledge.answered("clash", answer.status());
    expect(answer, "other submission under a known key", Set.of(409));
  }

  /** Submits all jobs in one batch. */
  void submitAll(int api, List<Submission> batch) {
    String items = batch.stream().map(Submission::item).collect(Collectors.joining(","));
    Answer answer = asker.post(uri(api, "/batch"), "{\"jobs\":[" + items + "]}");
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

  Answer cancel(int api, String jobId) {
    Answer answer = asker.post(uri(api, "/" + jobId + "/cancel"), "{}");
    knowledge.answered("cancel", answer.status());
    expect(answer, "cancel", Set.of(200, 202, 409));
    switch (answer.status()) {
      case 200 -> told("cancelled", jobId, answer, Told.state(JobState.CANCELLED));
      case 202 -> told("will be cancelled", jobId, answer, Told.cancelling());
      case 409 ->
          told(
              "cannot be cancelled",
              jobId,
              answer,
              Told.state(JobState.SUCCEEDED, JobState.FAILED));
      default -> {}
    }
    return answer;
  }

  Answer retry(int api, String jobId) {
    Answer answer = asker.post(uri(api, "/" + jobId + "/retry"), "{}");
    knowledge.answered("retry", answer.status());
    expect(answer, "retry", Set.of(200, 409));
    if (answer.status() == 200 || answer.isUnknown()) {
      knowledge.mayBeRetried(jobId);
    }
    switch (answer.status()) {
      case 200 -> told("queued again", jobId, answer, Told.state(JobState.QUEUED));
      case 409 ->
          told(
              "cannot be retried", jobId, answer, Told.state(JobState.RUNNING, JobState.SUCCEEDED));
      default -> {}
    }
    return answer;
  }

  void see(int api, String jobId) {
    Answer answer = asker.get(uri(api, "/" + jobId));
    knowledge.answered("get", answer.status());
    expect(answer, "get", Set.of(200));
    if (answer.status() == 200) {
      JobState state = JobState.ofWireName(answer.body().path("state").asText()).orElseThrow();
      int attempt = answer.body().path("attempt").asInt();
      told(state + " " + attempt, jobId, answer, Told.state(state, attempt));
    }
  }

  private void told(String words, String jobId, Answer answer, Predicate<Step> like) {
    knowledge.told(new Told(words, jobId, answer.from(), answer.to(), like));
  }

  /** Walks over all pages; gives up if a page does not come. */
  void walk(int api, int limit, Optional<String> jobType, Optional<String> state) {
    String query = "?limit=" + limit + filter("job_type", jobType) + filter("state", state);
    List<String> jobs = new ArrayList<>();
    Optional<Answer> first = page(api, query);
    Optional<Answer> page = first;
    for (int i = 0; i < MOST_PAGES && page.isPresent(); i++) {
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

  private Optional<Answer> page(int api, String query) {
    for (int i = 0; i < TRIES; i++) {
      Answer answer = asker.get(uri(api + i, query));
      knowledge.answered("page", answer.status());
      expect(answer, "page", Set.of(200));
      if (answer.status() == 200) {
        return Optional.of(answer);
      }
      Waiting.pause(PAUSE);
    }
    return Optional.empty();
  }

  private void expect(Answer answer, String question, Set<Integer> statuses) {
    if (!answer.isUnknown() && !statuses.contains(answer.status())) {
      knowledge.surprise(
          "an answer that must not be",
          "%d for a %s: %s"
              .formatted(answer.status(), question, answer.body().path("code").asText()));
    }
  }
}
