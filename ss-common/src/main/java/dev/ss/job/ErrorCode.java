package dev.ss.job;

import java.util.Locale;

/**
 * Why a job's last attempt did not succeed, or why the job was cancelled: the {@code error_code} of
 * a job.
 */
public enum ErrorCode {
  /** The command ended with an exit code other than 0. */
  COMMAND_FAILED,
  /** The command ran longer than its job type's timeout and was killed. */
  TIMED_OUT,
  /** The command failed, and had used up its job type's memory limit. */
  OUT_OF_MEMORY,
  /** The client cancelled the job. */
  CANCELLED,
  /**
   * The worker was stopped while the command ran, or claimed the job but never started the command.
   */
  INTERRUPTED,
  /** The worker died or lost its lease while the command ran. */
  WORKER_LOST,
  /**
   * The worker could not run the command: it could not create the process or the working directory,
   * or the disk was full.
   */
  COULD_NOT_RUN;

  /** The name in JSON and in the database: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
