package dev.ss.cli.command;

import dev.ss.cli.follow.FollowListener;
import dev.ss.cli.text.SafeOutput;
import dev.ss.cli.text.StatusLine;
import dev.ss.cli.text.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;

/**
 * Standard error while a job is followed: its log, and on a terminal below it a line with its
 * progress, which is drawn while the log is at the beginning of a line.
 */
final class Screen implements FollowListener, AutoCloseable {
  private static final String ERASE_LINE = "\r\033[2K";
  private static final long TICK_MILLIS = 1000;

  private final PrintStream err;
  private final OutputStream log;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final boolean showsLog;
  private final StatusLine status = new StatusLine();
  private final Timer timer = new Timer("status", true);
  private boolean atLineStart = true;
  private boolean drawn;
  private boolean held;
  private int runs;

  /**
   * @param showsLog whether the log is to be seen, beside the progress
   */
  Screen(PrintStream err, Terminal terminal, LongSupplier nanoTime, boolean showsLog) {
    this.err = err;
    this.log = terminal.err() ? new SafeOutput(err) : err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.showsLog = showsLog;
  }

  /** Draws the line from now on, every second. */
  Screen started() {
    if (terminal.err()) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              redraw();
            }
          },
          0,
          TICK_MILLIS);
    }
    return this;
  }

  @Override
  public synchronized void began(int run, int attempt, String workerId) {
    runs++;
    status.state("running, attempt " + attempt);
    if (runs > 1 && showsLog) {
      line("--- SS: attempt %d ---".formatted(attempt));
    }
    redraw();
  }

  @Override
  public synchronized void bytes(byte[] bytes) {
    if (!showsLog || bytes.length == 0) {
      return;
    }
    erase();
    try {
      log.write(bytes);
      err.flush();
    } catch (IOException e) {
      // Nobody reads the log any more.
    }
    atLineStart = bytes[bytes.length - 1] == '\n';
    redraw();
  }

  @Override
  public synchronized void gap(long bytes) {
    if (showsLog) {
      line("--- SS: %d bytes were not kept ---".formatted(bytes));
    }
  }

  @Override
  public synchronized void progress(Optional<Double> progress, Optional<String> message) {
    status.progress(progress, message);
    redraw();
  }

  @Override
  public void away(String why) {
    note(why + " Trying again …");
  }

  @Override
  public void back() {
    note("connected again.");
  }

  /** Writes a message of this program. */
  synchronized void note(String text) {
    line("ss: " + text);
  }

  private void line(String text) {
    erase();
    err.print((atLineStart ? "" : "\n") + text + "\n");
    err.flush();
    atLineStart = true;
    redraw();
  }

  /** Asks a person something, and shows nothing else until there is an answer. */
  boolean confirms(String question) {
    synchronized (this) {
      erase();
      held = true;
      err.print(atLineStart ? "" : "\n");
      atLineStart = true;
    }
    boolean answer = terminal.confirms("ss: " + question, err);
    synchronized (this) {
      held = false;
    }
    return answer;
  }

  private synchronized void redraw() {
    if (terminal.err() && atLineStart && !held) {
      Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - startNanos);
      err.print(ERASE_LINE + status.text(elapsed, terminal.columns()));
      err.flush();
      drawn = true;
    }
  }

  private void erase() {
    if (drawn) {
      err.print(ERASE_LINE);
      err.flush();
      drawn = false;
    }
  }

  /** Removes the line. */
  @Override
  public synchronized void close() {
    timer.cancel();
    erase();
    held = true;
    if (!atLineStart && terminal.err()) {
      err.print("\n");
      err.flush();
    }
  }
}
