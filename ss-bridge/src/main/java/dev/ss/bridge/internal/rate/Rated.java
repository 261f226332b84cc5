package dev.ss.bridge.internal.rate;

/** A metric with rates that somebody has to keep up to date. */
public interface Rated {
  /** Brings the rates up to now. */
  void tick();
}
