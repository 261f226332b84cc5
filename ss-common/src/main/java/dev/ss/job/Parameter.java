package dev.ss.job;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value in the arguments of a job type's command that each job may choose for itself.
 *
 * @param pattern what a whole value must match
 * @param defaultValue the value of a job that chooses none; empty if every job must choose one
 */
public record Parameter(Pattern pattern, Optional<String> defaultValue) {
  /** The maximum length of a value, in UTF-16 code units. */
  public static final int MAX_LENGTH = 1000;

  /** How often the matcher may read a character of the value. */
  private static final int MAX_READS = 1_000_000;

  /** The pattern that the name of a parameter matches. */
  public static final String NAME = "[a-z][a-z0-9_]{0,62}";

  /**
   * Returns whether a job may choose this value. A value for which the pattern takes too many steps
   * is refused, so that no pattern keeps a thread busy.
   */
  public boolean accepts(String value) {
    return value.length() <= MAX_LENGTH
        && Texts.isPlain(value)
        && new LimitedReads(value).matches(pattern);
  }

  /** A text that ends the match after too many reads. */
  private static final class LimitedReads implements CharSequence {
    private final String text;
    private int left = MAX_READS;

    LimitedReads(String text) {
      this.text = text;
    }

    boolean matches(Pattern pattern) {
      try {
        return pattern.matcher(this).matches();
      } catch (TooManyReads | StackOverflowError gaveUp) {
        return false;
      }
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new TooManyReads();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyReads() {
      super(null, null, false, false);
    }
  }
}
