package dev.ss.bridge.internal.rate;

/** A metric whose rates need regular updates. */
public interface Rated {
  /** Updates the rates. */
  void tick();
}
