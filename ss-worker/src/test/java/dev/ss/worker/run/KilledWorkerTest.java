package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command does when the process that runs it is killed at once. */
class KilledWorkerTest {
  private static final int SLOTS = 4;

  @TempDir private Path directory;

  /** Starts the command again and again on each of its slots, as fast as it ends. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      Commands commands = Attempts.commands("sh", "-c", arguments[1]);
      List<String> names = List.of(arguments).subList(2, arguments.length);
      WorkDirectory work = Attempts.take(Path.of(arguments[0]), commands);
      Optional<CommandUsers> users = CommandUsers.named(names, SLOTS, work, commands);
      OrphanReaper.over(work, commands).orElseThrow().start();
      CommandRunner runner = Attempts.runner(work, commands, Confinement.of(commands, users));
      for (int slot = 0; slot < SLOTS; slot++) {
        new Thread(() -> runForEver(runner)).start();
      }
    }

    private static void runForEver(CommandRunner runner) {
      while (!Thread.interrupted()) {
        runner.run(Attempts.attempt(), Attempts.NO_INPUT, new KillSwitch(), () -> {});
        System.out.println();
      }
    }
  }

  /** In an argument of all that the commands of this test start. */
  private final String sign = "99" + UUID.randomUUID().toString().replaceAll("[^0-9]", "");

  private Process worker(String script, String... users) throws Exception {
    return ChildJvm.start(
        Main.class,
        Stream.concat(Stream.of(directory.toString(), script), Stream.of(users))
            .toArray(String[]::new));
  }

  private long running() {
    return ProcessHandle.allProcesses().filter(process -> hasSign(process.pid())).count();
  }

  private boolean hasSign(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
          .startsWith("sleep\0" + sign);
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aCommandThatHidesItsEnvironmentDiesWithItsWorker() throws Exception {
    assertDiesWith(worker("cd /; exec env -i sleep " + sign));
  }

  @Test
  void soDoesACommandOfAnotherUser() throws Exception {
    Installed.assumeRoot();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    assertDiesWith(worker("cd /; exec env -i sleep " + sign, "list"));
    await(() -> directory.resolve("worker-1").toFile().list().length == 0);
  }

  private void assertDiesWith(Process worker) {
    try {
      await(() -> running() == SLOTS);
    } finally {
      worker.destroyForcibly();
    }
    await(() -> running() == 0);
  }

  /** Half of the commands are in the middle of their start when their worker is killed. */
  @RepeatedTest(3)
  void aCommandThatIsJustBeingStartedDiesWithItsWorker() throws Exception {
    // One in four stays.
    Process worker = worker("[ $(($$ % 4)) = 0 ] && exec sleep " + sign + "; exit 0");
    try {
      assertThat(worker.getInputStream().read()).isNotNegative();
      await(() -> running() > 0);
    } finally {
      worker.destroyForcibly();
    }
    worker.waitFor();
    // The reaper has ended all it found and removed the directory of this life.
    await(() -> directory.resolve("worker-1").toFile().list().length == 0);
    assertThat(running()).isZero();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
  }
}
