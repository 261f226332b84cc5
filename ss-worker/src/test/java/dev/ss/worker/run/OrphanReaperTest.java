package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanReaperTest {
  @TempDir private Path directory;

  private static Commands commands(String path) {
    return new Commands(List.of(), Optional.of(path));
  }

  private WorkDirectory take(Commands commands) {
    return WorkDirectory.take(directory, "worker-1", UUID.randomUUID(), commands);
  }

  @Test
  void atACleanEndItEndsWhatIsLeftAndIsGone() throws Exception {
    Commands commands = commands(System.getenv("PATH"));
    WorkDirectory work = take(commands);
    OrphanReaper reaper = OrphanReaper.over(work, commands).orElseThrow();
    reaper.start();
    Path attempt = Files.createDirectories(work.path().resolve("1.job"));
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    builder.environment().put("SS_ATTEMPT_DIRECTORY", attempt.toString());
    Process left = builder.start();
    try {
      reaper.stop();

      assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(work.path()).doesNotExist();
      assertThat(reapersOf(work)).isEmpty();
    } finally {
      left.destroyForcibly();
    }
  }

  /** Dropwizard stops everything after a failed start. */
  @Test
  void aReaperThatCouldNotStartCanBeStopped() {
    Commands commands = commands(System.getenv("PATH"));
    OrphanReaper reaper = OrphanReaper.over(take(commands), commands).orElseThrow();

    assertThatCode(reaper::stop).doesNotThrowAnyException();
  }

  @Test
  void itRemovesWhatACommandHasMadeReadOnly() throws Exception {
    assumeTrue(
        !ChildJvm.isRoot() || commands(System.getenv("PATH")).installed("setpriv").isPresent(),
        "permissions bind root only with setpriv");
    Path attempt = directory.resolve("worker-1").resolve("life").resolve("1.job");
    Path closed = Files.createDirectories(attempt.resolve("a").resolve("b"));
    Files.createFile(closed.resolve("file"));
    for (Path each : new Path[] {closed, attempt.resolve("a"), attempt}) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    Process sweep =
        ChildJvm.startBoundByPermissions(SweepMain.class, attempt.getParent().toString());

    assertThat(sweep.waitFor()).isZero();
    assertThat(attempt.getParent()).doesNotExist();
  }

  /** Clears up after an earlier run of the worker. */
  static final class SweepMain {
    private SweepMain() {}

    public static void main(String[] arguments) throws IOException {
      OrphanReaper.sweep(Path.of(arguments[0]), commands(System.getenv("PATH")));
    }
  }

  @Test
  void whereItIsKilledAnotherTakesItsPlace() throws Exception {
    Commands commands = commands(System.getenv("PATH"));
    WorkDirectory work = take(commands);
    OrphanReaper reaper = OrphanReaper.over(work, commands).orElseThrow();
    reaper.start();
    try {
      Awaitility.await().until(() -> reapersOf(work).findAny().isPresent());
      ProcessHandle first = reapersOf(work).findAny().orElseThrow();
      first.destroyForcibly();

      Awaitility.await().until(() -> reapersOf(work).anyMatch(other -> !other.equals(first)));
    } finally {
      reaper.stop();
    }
    assertThat(reapersOf(work)).isEmpty();
  }

  @Test
  void whileTheWorkerLivesItTouchesNothing() throws Exception {
    Commands commands = commands(System.getenv("PATH"));
    WorkDirectory work = take(commands);
    OrphanReaper reaper = OrphanReaper.over(work, commands).orElseThrow();
    reaper.start();
    try {
      // Its command line is empty for as long as it takes setsid to become the shell.
      Awaitility.await().until(() -> reapersOf(work).count() == 1);
      assertThat(work.path()).exists();
    } finally {
      reaper.stop();
    }
  }

  @Test
  void whereThereIsNoShellThereIsNone() {
    Commands commands = commands(directory.resolve("empty").toString());

    assertThat(OrphanReaper.over(take(commands), commands)).isEmpty();
  }

  private static Stream<ProcessHandle> reapersOf(WorkDirectory work) {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(
            child ->
                child.info().arguments().stream()
                    .flatMap(java.util.Arrays::stream)
                    .anyMatch(work.path().toString()::equals));
  }
}
