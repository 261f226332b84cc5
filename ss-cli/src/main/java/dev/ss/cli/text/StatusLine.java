package dev.ss.cli.text;

import java.time.Duration;
import java.util.Optional;

/** What a job does, in one line: how far it is, since when, and what it says. */
public final class StatusLine {
  private static final int BAR_WIDTH = 24;

  private String state = "queued";
  private Optional<Double> progress = Optional.empty();
  private String message = "";

  /** The job does this now, such as {@code running}. */
  public void state(String now) {
    state = now;
    progress = Optional.empty();
    message = "";
  }

  /** The command has said how far it is. */
  public void progress(Optional<Double> part, Optional<String> said) {
    progress = part.or(() -> progress);
    message = said.map(Plain::text).orElse(message);
  }

  /** Returns the line, cut to a width. */
  public String text(Duration elapsed, int columns) {
    String text =
        progress.map(part -> bar(part) + " ").orElse("")
            + (message.isEmpty() ? state : message)
            + " · "
            + Times.text(Duration.ofSeconds(elapsed.toSeconds()));
    int width = text.codePointCount(0, text.length());
    return width < columns ? text : text.substring(0, text.offsetByCodePoints(0, columns - 1));
  }

  private static String bar(double part) {
    double whole = Math.max(0, Math.min(1, part));
    int full = (int) Math.round(whole * BAR_WIDTH);
    return "[%s%s] %3d%%"
        .formatted("#".repeat(full), "-".repeat(BAR_WIDTH - full), Math.round(whole * 100));
  }
}
