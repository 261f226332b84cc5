package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file lock is a whole process's, so whoever else has the turn is a process of its own. */
class MigrationTurnTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path directory;
  private Path lockFile;

  @BeforeEach
  void name() {
    lockFile = directory.resolve("ss.db.lock");
  }

  /** Takes the turn, says so, and keeps it until it may read or its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (FileChannel channel =
          FileChannel.open(
              Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.write('.');
        System.out.flush();
        System.in.read();
      }
    }
  }

  private Process holder() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(Holder.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                Holder.class.getName(),
                lockFile.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (holder.getInputStream().read() != '.') {
      throw new IllegalStateException("the holder has not got the lock");
    }
    return holder;
  }

  @Test
  void whoseTurnItIsNotWaitsForTheOther() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    ExecutorService waiting =
        Executors.newSingleThreadExecutor(
            task -> {
              thread.set(new Thread(task));
              return thread.get();
            });
    Process holder = holder();
    try {
      Future<MigrationTurn> taken = waiting.submit(() -> MigrationTurn.take(lockFile, LONG));
      await().until(() -> thread.get().getState() == Thread.State.TIMED_WAITING);
      assertThat(taken).isNotDone();
      holder.destroy();
      taken.get(1, TimeUnit.MINUTES).close();
    } finally {
      holder.destroyForcibly();
      waiting.shutdownNow();
    }
  }

  @Test
  void oneThatIsStuckIsNotWaitedForForEver() throws Exception {
    Process holder = holder();
    try {
      assertThatThrownBy(() -> MigrationTurn.take(lockFile, Duration.ZERO))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("if that one is stuck, end it");
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void aTurnThatIsOverIsTheNextOnes() throws Exception {
    MigrationTurn.take(lockFile, Duration.ZERO).close();
    MigrationTurn.take(lockFile, Duration.ZERO).close();
  }
}
