package dev.ss.drill.alert;

import java.util.OptionalDouble;

/** When one alert was first seen in each of its states, and when last, in seconds of a watch. */
record Sighting(
    OptionalDouble pending, OptionalDouble firing, OptionalDouble sent, OptionalDouble last) {
  static final Sighting NONE =
      new Sighting(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /** Returns the sighting after another look that found the alert. */
  Sighting seen(boolean isFiring, boolean isSent, double now) {
    return new Sighting(
        first(pending, true, now),
        first(firing, isFiring, now),
        first(sent, isSent, now),
        isFiring || isSent ? OptionalDouble.of(now) : last);
  }

  private static OptionalDouble first(OptionalDouble before, boolean is, double now) {
    return before.isEmpty() && is ? OptionalDouble.of(now) : before;
  }

  /** Whether the alert has fired and reached Alertmanager. */
  boolean hasFired() {
    return firing.isPresent() && sent.isPresent();
  }

  /** Whether the alert has been firing, in Prometheus or in Alertmanager. */
  boolean hasBeenHeard() {
    return firing.isPresent() || sent.isPresent();
  }
}
