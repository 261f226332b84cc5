package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.store.Submissions;
import dev.ss.store.Submissions.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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

  /** Stores the jobs and returns what became of them, in the order of the jobs. */
  List<Submission> store(List<NewJob> jobs) {
    int admitted = limit.admit(jobs.size());
    int created = 0;
    try {
      List<Submission> results =
          admitted == jobs.size() ? storeAll(jobs) : storeUpTo(admitted, jobs);
      created = (int) results.stream().filter(Submission.Created.class::isInstance).count();
      return results;
    } finally {
      limit.settle(admitted, created);
    }
  }

  private List<Submission> storeUpTo(int room, List<NewJob> jobs) {
    List<Boolean> fits = fit(room, jobs);
    List<NewJob> fitting = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      if (fits.get(i)) {
        fitting.add(jobs.get(i));
      }
    }
    Iterator<Submission> stored = storeAll(fitting).iterator();
    return IntStream.range(0, jobs.size())
        .mapToObj(i -> fits.get(i) ? stored.next() : full(jobs.get(i)))
        .toList();
  }

  /**
   * True for each job whose key is already stored or admitted, and for the first {@code room}
   * others.
   */
  private List<Boolean> fit(int room, List<NewJob> jobs) {
    Set<String> known =
        new HashSet<>(submissions.known(jobs.stream().flatMap(job -> key(job).stream()).toList()));
    List<Boolean> fits = new ArrayList<>();
    int left = room;
    for (NewJob job : jobs) {
      Optional<String> key = key(job);
      boolean fit = key.filter(known::contains).isPresent();
      if (!fit && left > 0) {
        fit = true;
        left--;
        key.ifPresent(known::add);
      }
      fits.add(fit);
    }
    return fits;
  }

  private static Optional<String> key(NewJob job) {
    return job.idempotency().map(Idempotency::key);
  }

  private List<Submission> storeAll(List<NewJob> jobs) {
    return switch (jobs.size()) {
      case 0 -> List.of();
      case 1 -> List.of(submission(submissions.submit(jobs.get(0)), jobs.get(0)));
      default -> submissions(jobs, submissions.submitAll(jobs));
    };
  }

  private static List<Submission> submissions(List<NewJob> jobs, List<Stored> stored) {
    return IntStream.range(0, jobs.size())
        .mapToObj(i -> submission(stored.get(i), jobs.get(i)))
        .toList();
  }

  private static Submission submission(Stored stored, NewJob job) {
    return switch (stored.match()) {
      case CREATED -> new Submission.Created(stored.job());
      case REPEATED -> new Submission.Repeated(stored.job());
      case KEY_REUSED ->
          new Submission.Refused(
              new ProblemException(
                      ProblemCode.IDEMPOTENCY_KEY_REUSED,
                      "This idempotency key was used for another submission; use a new one for each.")
                  .ofJobType(job.jobType()));
    };
  }

  private Submission full(NewJob job) {
    Duration wait = limit.untilNextCount();
    return new Submission.Refused(
        ProblemException.until(
                wait,
                ProblemCode.QUEUE_FULL,
                "The queue is full; try again in %d s.".formatted(wait.toSeconds()))
            .ofJobType(job.jobType()));
  }
}
