package dev.ss.testkit.play;

import dev.ss.testkit.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Performs one random action after another. The actions follow from the seed alone; which job they
 * apply to depends on how many jobs there are by then.
 */
final class Visitor {
  private static final int MAX_PAUSE_MILLIS = 120;
  private static final int MAX_AGE = 40;
  private static final List<String> STATES =
      List.of("queued", "running", "succeeded", "failed", "cancelled");

  private final String name;
  private final SplittableRandom random;
  private final RecordingClient client;
  private final Knowledge knowledge;
  private final BooleanSupplier crowded;
  private int submissions;

  /**
   * Makes a visitor.
   *
   * @param crowded whether so many jobs are unfinished that no more should be submitted
   */
  Visitor(
      String name,
      SplittableRandom random,
      RecordingClient client,
      Knowledge knowledge,
      BooleanSupplier crowded) {
    this.name = name;
    this.random = random;
    this.client = client;
    this.knowledge = knowledge;
    this.crowded = crowded;
  }

  /** Performs actions until it is told to stop. */
  void visit(BooleanSupplier stopped) {
    while (!stopped.getAsBoolean()) {
      int choice = random.nextInt(100);
      SplittableRandom own = random.split();
      if (choice >= 50 || !crowded.getAsBoolean()) {
        act(choice, own);
      }
      Waiting.pause(Duration.ofMillis(random.nextInt(MAX_PAUSE_MILLIS)));
    }
  }

  private void act(int choice, SplittableRandom own) {
    int api = own.nextInt(100);
    int age = own.nextInt(MAX_AGE);
    if (choice < 38) {
      client.submit(api, submission(own));
    } else if (choice < 50) {
      client.submitAll(api, batch(own));
    } else if (choice < 60) {
      knowledge.keyed(age).ifPresent(old -> client.submit(api, old));
    } else if (choice < 63) {
      clash(api, age);
    } else if (choice < 75) {
      knowledge.job(age).ifPresent(job -> client.cancel(api, job));
    } else if (choice < 86) {
      knowledge.job(age).ifPresent(job -> client.retry(api, job));
    } else if (choice < 96) {
      knowledge.job(age).ifPresent(job -> client.see(api, job));
    } else {
      walk(api, own);
    }
  }

  private void clash(int api, int age) {
    knowledge
        .keyed(age)
        .flatMap(Submission::key)
        .filter(knowledge::isAccepted)
        .ifPresent(key -> client.clash(api, key, new Submission(Optional.empty(), OTHER)));
  }

  private static final String OTHER = "\"job_type\":\"quick\",\"input\":\"something else\"";

  private void walk(int api, SplittableRandom own) {
    int limit = List.of(20, 100, 400, 1000).get(own.nextInt(4));
    Optional<String> type = Optional.of(job(own.nextInt(100)).typeName());
    Optional<String> state = Optional.of(STATES.get(own.nextInt(STATES.size())));
    int filters = own.nextInt(4);
    client.walk(
        api,
        limit,
        filters % 2 == 0 ? Optional.empty() : type,
        filters < 2 ? Optional.empty() : state);
  }

  private List<Submission> batch(SplittableRandom own) {
    List<Submission> batch = new ArrayList<>();
    int size = own.nextInt(2, 7);
    for (int i = 0; i < size; i++) {
      batch.add(submission(own));
    }
    Submission first = batch.get(0);
    if (first.key().isPresent() && own.nextInt(4) == 0) {
      batch.add(first);
    }
    return batch;
  }

  private Submission submission(SplittableRandom own) {
    PlayJob job = job(own.nextInt(100));
    int number = submissions++;
    StringBuilder fields = new StringBuilder(job.fields(name + "-" + number));
    boolean hasKey = own.nextInt(10) < 7;
    if (own.nextInt(8) == 0) {
      fields.append(",\"max_attempts\":").append(own.nextInt(1, 6));
    }
    int later = own.nextInt(2000);
    if (own.nextInt(8) == 0) {
      Instant runAt = Instant.now().plusMillis(later).truncatedTo(ChronoUnit.MILLIS);
      fields.append(",\"run_at\":\"").append(runAt).append('"');
    }
    Submission submission =
        new Submission(
            hasKey ? Optional.of(name + "-" + number) : Optional.empty(), fields.toString());
    knowledge.submits(submission);
    return submission;
  }

  private static PlayJob job(int percent) {
    if (percent < 50) {
      return PlayJob.QUICK;
    }
    if (percent < 65) {
      return PlayJob.NAP;
    }
    if (percent < 75) {
      return PlayJob.LIMITED;
    }
    if (percent < 85) {
      return PlayJob.FAILING;
    }
    return percent < 97 ? PlayJob.FAMILY : PlayJob.LONG;
  }
}
