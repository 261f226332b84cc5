package dev.ss.api.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects numbers under their names, in order. */
final class Evidence {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Map<String, Number> numbers = new LinkedHashMap<>();

  Evidence with(String name, Number number) {
    numbers.put(name, number);
    return this;
  }

  Evidence with(String name, Duration duration) {
    return with(name, duration.toMillis() / MILLIS_PER_SECOND);
  }

  Map<String, Number> map() {
    return numbers;
  }
}
