package dev.ss.api.submit;

import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import java.util.function.Function;

/** What became of a submission. */
public sealed interface Submission {
  /** Applies the function for this case. */
  <T> T match(
      Function<Job, T> created, Function<Job, T> repeated, Function<ProblemException, T> refused);

  /** The job was stored. */
  record Created(Job job) implements Submission {
    @Override
    public <T> T match(
        Function<Job, T> created,
        Function<Job, T> repeated,
        Function<ProblemException, T> refused) {
      return created.apply(job);
    }
  }

  /** The same submission was stored before, under the same idempotency key. */
  record Repeated(Job job) implements Submission {
    @Override
    public <T> T match(
        Function<Job, T> created,
        Function<Job, T> repeated,
        Function<ProblemException, T> refused) {
      return repeated.apply(job);
    }
  }

  /** The submission was refused; nothing was stored. */
  record Refused(ProblemException problem) implements Submission {
    @Override
    public <T> T match(
        Function<Job, T> created,
        Function<Job, T> repeated,
        Function<ProblemException, T> refused) {
      return refused.apply(problem);
    }
  }
}
