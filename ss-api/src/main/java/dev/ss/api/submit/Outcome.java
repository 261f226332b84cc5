package dev.ss.api.submit;

import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;

/** The outcome of one submission. */
public sealed interface Outcome {
  /** The job was stored. */
  record Created(Job job) implements Outcome {}

  /** The same submission was stored before, under the same idempotency key. */
  record Repeated(Job job) implements Outcome {}

  /** The submission was refused; nothing was stored. */
  record Refused(ProblemException problem) implements Outcome {}
}
