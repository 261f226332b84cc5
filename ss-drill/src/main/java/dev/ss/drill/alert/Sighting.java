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

  /** What is known after another look, at which it was there. */
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

  /** Whether it has come all the way to Alertmanager. */
  boolean hasFired() {
    return firing.isPresent() && sent.isPresent();
  }

  /** Whether it has been anything worse than pending. */
  boolean hasBeenHeard() {
    return firing.isPresent() || sent.isPresent();
  }
}
