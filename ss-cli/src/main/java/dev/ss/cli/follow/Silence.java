package dev.ss.cli.follow;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Closes a stream on which nothing has come for too long: when a network fails, nobody says so. The
 * server sends a comment every 15 s.
 */
final class Silence implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(50);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Timer timer = new Timer("silence", true);
  private volatile long heardAt = System.nanoTime();

  Silence(InputStream stream) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            if (System.nanoTime() - heardAt > LIMIT.toNanos()) {
              end(stream);
            }
          }
        },
        INTERVAL.toMillis(),
        INTERVAL.toMillis());
  }

  private static void end(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** The server has sent something. */
  void heard() {
    heardAt = System.nanoTime();
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
