package dev.ss.api.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private Words() {}

  /**
   * Chooses between one and many.
   *
   * @param one for the number 1, without the number
   * @param many for all others, with a place for the number
   */
  static String many(long number, String one, String many) {
    return number == 1 ? one : String.format(Locale.ROOT, many, number(number));
  }

  /** A number with separators between thousands; none of it is "no". */
  static String number(long number) {
    return number == 0 ? "no" : String.format(Locale.ROOT, "%,d", number);
  }

  /** A duration in two units at most. */
  static String duration(Duration duration) {
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d s".formatted(duration.toSeconds());
  }

  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.0f %%", ratio * 100);
  }
}
