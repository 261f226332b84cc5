package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WardenTest {
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
    Warden warden = Warden.over(work, commands).orElseThrow();
    warden.start();
    Path home = Files.createDirectories(work.path().resolve("job.1").resolve("work"));
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    builder.environment().put("HOME", home.toString());
    Process left = builder.start();
    try {
      warden.stop();

      assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(work.path()).doesNotExist();
      assertThat(wardensOf(work)).isZero();
    } finally {
      left.destroyForcibly();
    }
  }

  @Test
  void whileTheWorkerLivesItTouchesNothing() throws Exception {
    Commands commands = commands(System.getenv("PATH"));
    WorkDirectory work = take(commands);
    Warden warden = Warden.over(work, commands).orElseThrow();
    warden.start();
    try {
      // Its command line is empty for as long as it takes setsid to become the shell.
      Awaitility.await().until(() -> wardensOf(work) == 1);
      assertThat(work.path()).exists();
    } finally {
      warden.stop();
    }
  }

  @Test
  void whereThereIsNoShellThereIsNone() {
    Commands commands = commands(directory.resolve("empty").toString());

    assertThat(Warden.over(take(commands), commands)).isEmpty();
  }

  private static long wardensOf(WorkDirectory work) {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(
            child ->
                child.info().arguments().stream()
                    .flatMap(java.util.Arrays::stream)
                    .anyMatch(work.path().toString()::equals))
        .count();
  }
}
