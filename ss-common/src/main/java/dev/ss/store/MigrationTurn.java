package dev.ss.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process's turn to migrate a SQLite file: a lock that the processes of this machine share. */
final class MigrationTurn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationTurn.class);
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** A longer wait is logged. Every start takes a turn, and one without a migration is shorter. */
  private static final Duration LOG_AFTER = Duration.ofSeconds(2);

  private final FileChannel channel;
  private final FileLock lock;

  private MigrationTurn(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Waits for this process's turn.
   *
   * @param lockFile is created if it is missing, and stays
   * @throws IOException if the lock file cannot be written
   * @throws DatabaseUnavailableException if another process's turn lasts longer than the limit
   */
  static MigrationTurn take(Path lockFile, Duration limit) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lockFile,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            Migrations.only("rw-------"));
    try {
      return new MigrationTurn(channel, await(channel, limit));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock await(FileChannel channel, Duration limit) throws IOException {
    long begin = System.nanoTime();
    boolean logged = false;
    FileLock lock = channel.tryLock();
    while (lock == null) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      if (waited.compareTo(limit) > 0) {
        throw new DatabaseUnavailableException(
            "another process has held the lock for migrating it for "
                + limit.toSeconds()
                + " s; if that one is stuck, end it");
      }
      if (!logged && waited.compareTo(LOG_AFTER) >= 0) {
        LOG.info(
            "Another process holds the lock for migrating the database; waiting up to {} s for it.",
            limit.toSeconds());
        logged = true;
      }
      pause();
      lock = channel.tryLock();
    }
    return lock;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException("the start was interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      lock.release();
    }
  }
}
