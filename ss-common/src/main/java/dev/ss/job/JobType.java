package dev.ss.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of job the operator has configured.
 *
 * @param name the name clients submit under; lower case letters, digits and hyphens
 * @param command the program and its arguments; the job's input goes to its standard input
 * @param timeout how long one attempt may run
 * @param maxAttempts how many attempts a job gets, unless its submission says otherwise
 * @param maxRunning how many attempts may run at once, over all workers; any number if empty
 */
public record JobType(
    String name,
    List<String> command,
    Duration timeout,
    int maxAttempts,
    Optional<Integer> maxRunning) {

  public JobType {
    command = List.copyOf(command);
  }
}
