package dev.ss.api.submit;

import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;

/** What became of one submission of a batch. */
public sealed interface Outcome {
  /** The job is stored. */
  record Created(Job job) implements Outcome {}

  /** The same submission under the same idempotency key had been stored before. */
  record Repeated(Job job) implements Outcome {}

  /** Nothing is stored. */
  record Refused(ProblemException problem) implements Outcome {}
}
