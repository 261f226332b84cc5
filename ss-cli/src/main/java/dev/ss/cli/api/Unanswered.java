package dev.ss.cli.api;

import java.time.Duration;

/** A request without an answer, or with one that says to try again: another try may succeed. */
public final class Unanswered extends Failure {
  private static final long serialVersionUID = 1L;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final Duration wait;

  Unanswered(String message, Duration wait) {
    super(ExitCode.UNAVAILABLE, message);
    this.wait = wait.compareTo(MAX_WAIT) < 0 ? wait : MAX_WAIT;
  }

  /** How long SS wants to be left alone. */
  public Duration retryAfter() {
    return wait;
  }
}
