package dev.ss.cli.follow;

import java.util.Optional;

/** Is told what happens to a job that is followed. Each byte comes once and in its place. */
public interface FollowListener {
  /**
   * The command has been started.
   *
   * @param run counts the starts
   * @param attempt the number that counts against the job's attempts
   */
  void began(int run, int attempt, String workerId);

  /** The command has written this. */
  void bytes(byte[] bytes);

  /** The command has written so many bytes that nobody kept. */
  void gap(long bytes);

  /** The command has said how far it is: between 0 and 1, or in words, or both. */
  void progress(Optional<Double> progress, Optional<String> message);

  /** SS does not answer; it is asked again. */
  void away(String why);

  /** SS answers again. */
  void back();
}
