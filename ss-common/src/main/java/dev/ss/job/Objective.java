package dev.ss.job;

/** What an operator promises of the jobs of a type. */
public enum Objective {
  /** An attempt starts soon after it could; each attempt counts. */
  START,
  /** A job is final soon after it was due, however it ended; cancelled jobs do not count. */
  END,
  /** A job succeeds, with one of its attempts; cancelled jobs do not count. */
  SUCCESS
}
