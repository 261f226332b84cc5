package dev.ss.store;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a worker whenever this or another process has written a commit to SQLite's write-ahead log.
 * On Linux the kernel reports changes of the file. On other systems Java may check so rarely that
 * the worker's poll interval ends first.
 */
final class FileChangeListener implements WakeUpListener {
  private static final Logger LOG = LoggerFactory.getLogger(FileChangeListener.class);

  /** The pause after each wake-up, because a busy file changes thousands of times a second. */
  private static final long PAUSE_MILLIS = 5;

  private final Path file;
  private final Listening listening;
  private volatile @Nullable WatchService changes;

  FileChangeListener(Path file, Listening listening) {
    this.file = file;
    this.listening = listening;
  }

  @Override
  public void start() {
    Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try {
      WatchService watch = directory.getFileSystem().newWatchService();
      changes = watch;
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      Thread thread = new Thread(() -> listen(watch), "wake-up-listener");
      thread.setDaemon(true);
      thread.start();
    } catch (IOException e) {
      LOG.warn(
          "Changes of the database file cannot be watched; this worker finds jobs by polling: {}",
          e.toString());
    }
  }

  @Override
  public void stop() {
    try {
      if (changes != null) {
        changes.close();
      }
    } catch (IOException e) {
      LOG.debug("The watch of the database file could not be closed.", e);
    }
  }

  private void listen(WatchService watch) {
    try {
      while (true) {
        WatchKey key = watch.take();
        if (key.pollEvents().stream().anyMatch(this::isWriteAheadLog)) {
          listening.wake().run();
        }
        key.reset();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (ClosedWatchServiceException stopped) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isWriteAheadLog(WatchEvent<?> event) {
    return event.kind() == StandardWatchEventKinds.OVERFLOW
        || String.valueOf(event.context()).equals(file.getFileName() + "-wal");
  }
}
