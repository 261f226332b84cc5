package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  private final Commands commands =
      new Commands(List.of(), Optional.ofNullable(System.getenv("PATH")));

  @TempDir private Path directory;

  private WorkDirectory take(Path parent) {
    return WorkDirectory.take(parent, "worker-1", UUID.randomUUID(), commands);
  }

  /** The database is in the first of them, and the worker may be the first to be there. */
  @Test
  void everyDirectoryItMakesIsTheOwnersAlone() throws Exception {
    Path data = directory.resolve("data");

    Path path = take(data.resolve("work")).path();

    for (Path made : new Path[] {data, data.resolve("work"), path.getParent(), path}) {
      assertThat(Files.getPosixFilePermissions(made))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
    assertThat(Files.getPosixFilePermissions(data.resolve("work").resolve("worker-1.lock")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void itKnowsWhoHeldTheNameFromThereBefore() throws Exception {
    UUID instance = UUID.randomUUID();
    WorkDirectory first = take(directory);
    assertThat(first.lastHolder()).isEmpty();

    first.heldBy(instance);

    assertThat(first.lastHolder()).contains(instance);
    assertThat(directory.resolve("worker-1.lock")).hasContent(instance.toString());
  }

  @Test
  void aFileThatSaysNothingSensibleNamesNobody() throws Exception {
    Files.writeString(directory.resolve("worker-1.lock"), "x".repeat(36));

    assertThat(take(directory).lastHolder()).isEmpty();
  }

  @Test
  void whatAnEarlierLifeLeftIsEndedAndRemovedAndWhatItsEndedAttemptsLeftStays() throws Exception {
    Path life = Files.createDirectories(directory.resolve("worker-1").resolve("01234567"));
    Path attempt = Files.createDirectories(life.resolve("1.job"));
    Process left = sleeperAt(attempt);
    Process daemon = sleeperAt(life.resolve("2.job"));
    try {
      WorkDirectory taken = take(directory);

      assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.isAlive()).isTrue();
      assertThat(life).doesNotExist();
      assertThat(taken.path()).isEmptyDirectory();
    } finally {
      left.destroyForcibly();
      daemon.destroyForcibly();
    }
  }

  @Test
  void theWorkerStartsAlsoWhereSomethingOfAnEarlierLifeCannotBeRemoved() throws Exception {
    assumeTrue(ChildJvm.isRoot(), "only root can make what another user cannot remove");
    Path kept = directory.resolve("worker-1").resolve("01234567").resolve("1.job").resolve("kept");
    Files.createDirectories(kept.resolve("below"));
    Files.setAttribute(kept, "unix:uid", 65_534);

    Process start = ChildJvm.startBoundByPermissions(TakeMain.class, directory.toString());

    assertThat(new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("Files of an earlier run of this worker cannot be removed");
    assertThat(start.waitFor()).isZero();
    assertThat(directory.resolve("worker-1").toFile().list()).hasSizeGreaterThan(1);
  }

  /** Takes the directory. */
  static final class TakeMain {
    private TakeMain() {}

    public static void main(String[] arguments) {
      Attempts.take(Path.of(arguments[0]), Attempts.commands("true"));
    }
  }

  private static Process sleeperAt(Path attempt) {
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    builder.environment().put("SS_ATTEMPT_DIRECTORY", attempt.toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
