package dev.ss.job;

import java.time.Duration;
import java.util.List;

/**
 * A kind of job the operator has configured.
 *
 * @param name the name clients submit under; lower case letters, digits and hyphens
 * @param command the program and its arguments; the job's input goes to its standard input
 * @param timeout how long one attempt may run
 * @param maxAttempts how many attempts a job gets, unless its submission says otherwise
 */
public record JobType(String name, List<String> command, Duration timeout, int maxAttempts) {
  public JobType {
    command = List.copyOf(command);
  }
}
