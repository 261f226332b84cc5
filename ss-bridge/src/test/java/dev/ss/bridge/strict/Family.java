package dev.ss.bridge.strict;

import java.util.List;

/**
 * A family with its samples, in the order of the page.
 *
 * @param line the number of its first line
 * @param unit empty if it has none
 * @param help empty if it has none
 */
public record Family(
    int line, String name, String type, String unit, String help, List<Sample> samples) {

  MalformedPage malformed(String reason) {
    return new MalformedPage(line, name + ": " + reason);
  }
}
