package dev.ss.api.submit;

import static dev.ss.api.submit.Refusal.because;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.store.Submissions;
import dev.ss.store.Submissions.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores as many jobs as the {@link QueueLimit} admits. A job whose idempotency key is already
 * stored does not count against the limit.
 */
final class QueueAdmission {
  private final Submissions submissions;
  private final QueueLimit limit;

  QueueAdmission(Submissions submissions, QueueLimit limit) {
    this.submissions = submissions;
    this.limit = limit;
  }

  /** Stores the jobs and returns their outcomes, in the order of the jobs. */
  List<Outcome> store(List<NewJob> jobs) {
    int admitted = limit.admit(jobs.size());
    int created = 0;
    try {
      List<Outcome> outcomes =
          admitted == jobs.size() ? stored(jobs) : storedAsFarAs(admitted, jobs);
      created = (int) outcomes.stream().filter(Outcome.Created.class::isInstance).count();
      return outcomes;
    } finally {
      limit.settle(admitted, created);
    }
  }

  private List<Outcome> storedAsFarAs(int room, List<NewJob> jobs) {
    List<Boolean> goesIn = goesIn(room, jobs);
    List<NewJob> going = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      if (goesIn.get(i)) {
        going.add(jobs.get(i));
      }
    }
    Iterator<Outcome> stored = stored(going).iterator();
    return goesIn.stream().map(in -> in ? stored.next() : full()).toList();
  }

  /**
   * True for each job whose key is already stored or admitted, and for the first {@code room}
   * others.
   */
  private List<Boolean> goesIn(int room, List<NewJob> jobs) {
    Set<String> known =
        new HashSet<>(submissions.known(jobs.stream().flatMap(job -> key(job).stream()).toList()));
    List<Boolean> goesIn = new ArrayList<>();
    int left = room;
    for (NewJob job : jobs) {
      Optional<String> key = key(job);
      boolean in = key.filter(known::contains).isPresent();
      if (!in && left > 0) {
        in = true;
        left--;
        key.ifPresent(known::add);
      }
      goesIn.add(in);
    }
    return goesIn;
  }

  private static Optional<String> key(NewJob job) {
    return job.idempotency().map(Idempotency::key);
  }

  private List<Outcome> stored(List<NewJob> jobs) {
    return switch (jobs.size()) {
      case 0 -> List.of();
      case 1 -> List.of(outcome(submissions.submit(jobs.get(0))));
      default -> submissions.submitAll(jobs).stream().map(QueueAdmission::outcome).toList();
    };
  }

  private static Outcome outcome(Result result) {
    if (result instanceof Result.Created created) {
      return new Outcome.Created(created.job());
    }
    if (result instanceof Result.Repeated repeated) {
      return new Outcome.Repeated(repeated.job());
    }
    return new Outcome.Refused(
        because(
            ProblemCode.IDEMPOTENCY_KEY_REUSED,
            "This idempotency key was used for another submission; use a new one for each."));
  }

  private Outcome full() {
    Duration wait = limit.untilNextCount();
    return new Outcome.Refused(
        ProblemException.until(
            wait,
            ProblemCode.QUEUE_FULL,
            "The queue is full; try again in %d s.".formatted(wait.toSeconds())));
  }
}
