package dev.ss.cli.api;

import com.fasterxml.jackson.databind.JsonNode;

/** The exit codes of {@code ss}; docs/cli.md lists them. */
public final class ExitCode {
  public static final int OK = 0;

  /** A job failed without an exit code of its own, or the verdict is bad. */
  public static final int FAILED = 1;

  /** The command line is wrong (EX_USAGE). */
  public static final int USAGE = 64;

  /** SS refuses the request (EX_DATAERR). */
  public static final int REFUSED = 65;

  /** SS does not answer, or cannot at the moment (EX_UNAVAILABLE). */
  public static final int UNAVAILABLE = 69;

  /** A file cannot be read or written (EX_IOERR). */
  public static final int FILE = 74;

  /** The job was not final when the time was over (EX_TEMPFAIL). */
  public static final int NOT_YET = 75;

  /** SS wants a token, or does not allow this with it (EX_NOPERM). */
  public static final int NO_PERMISSION = 77;

  /** A job timed out, as {@code timeout} says it. */
  public static final int TIMED_OUT = 124;

  /** A job's command could not be started, as shells say it. */
  public static final int COULD_NOT_RUN = 126;

  /** Ctrl-C, or somebody cancelled the job. */
  public static final int INTERRUPTED = 130;

  /** A job's command was killed for its memory, as shells say it. */
  public static final int OUT_OF_MEMORY = 137;

  private ExitCode() {}

  /** Returns the exit code that says how a job ended: where there is one, that of its command. */
  public static int of(JsonNode job) {
    if (job.path("state").asText().equals("succeeded")) {
      return OK;
    }
    return switch (job.path("error_code").asText()) {
      case "timed_out" -> TIMED_OUT;
      case "could_not_run" -> COULD_NOT_RUN;
      case "cancelled" -> INTERRUPTED;
      case "out_of_memory" -> OUT_OF_MEMORY;
      default -> ofCommand(job.path("exit_code").asInt());
    };
  }

  private static int ofCommand(int exitCode) {
    return exitCode > 0 && exitCode <= 255 ? exitCode : FAILED;
  }
}
