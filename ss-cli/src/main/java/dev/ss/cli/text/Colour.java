package dev.ss.cli.text;

/** The colours that words may have on a terminal. */
public enum Colour {
  NONE(""),
  GREEN("\033[32m"),
  RED("\033[31m"),
  YELLOW("\033[33m"),
  FAINT("\033[2m"),
  BOLD("\033[1m");

  private static final String RESET = "\033[0m";

  private final String begin;

  Colour(String begin) {
    this.begin = begin;
  }

  /** The colour of a state or a verdict. */
  public static Colour of(String word) {
    return switch (word) {
      case "succeeded", "ok", "live" -> GREEN;
      case "failed", "bad", "timed_out", "lost" -> RED;
      case "running", "warn", "paused", "draining" -> YELLOW;
      case "cancelled", "unknown", "stale" -> FAINT;
      default -> NONE;
    };
  }

  String around(String text) {
    return this == NONE ? text : begin + text + RESET;
  }
}
