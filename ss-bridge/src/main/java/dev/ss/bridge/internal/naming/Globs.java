package dev.ss.bridge.internal.naming;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Globs over dotted names, in which each {@code *} stands for part of one segment, and each {@code
 * **} for one segment or more.
 */
public final class Globs {
  private Globs() {}

  /** Returns how many stars of either kind a glob has. */
  static int stars(String glob) {
    return (int) glob.replace("**", "*").chars().filter(c -> c == '*').count();
  }

  private static String withinSegments(String glob) {
    return Arrays.stream(glob.split("\\*", -1))
        .map(Pattern::quote)
        .collect(Collectors.joining("([^.]*)"));
  }

  /**
   * Compiles the glob to a pattern with a group for each star.
   *
   * @throws IllegalArgumentException if the glob is null
   */
  public static Pattern compile(String glob) {
    if (glob == null) {
      throw new IllegalArgumentException("a match is missing");
    }
    return Pattern.compile(
        Arrays.stream(glob.split("\\*\\*", -1))
            .map(Globs::withinSegments)
            .collect(Collectors.joining("(.+)")));
  }
}
