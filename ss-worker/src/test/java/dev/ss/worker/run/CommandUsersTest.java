package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.boot.StartupException;
import dev.ss.job.RunResult;
import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandUsersTest {
  private static final String USER = "uucp";

  @TempDir private Path directory;

  @BeforeAll
  static void root() {
    Installed.assumeRoot();
  }

  @BeforeEach
  void letOthersPass() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static CommandUsers named(String name, WorkDirectory work, Commands commands) {
    return CommandUsers.named(List.of(name), 1, work, commands).orElseThrow();
  }

  private WorkDirectory work(Commands commands) {
    return Attempts.take(directory.resolve("work"), commands);
  }

  private RunResult run(String script, String input) {
    Commands commands = Attempts.commands("sh", "-c", script);
    WorkDirectory work = work(commands);
    CommandUsers users = named(USER, work, commands);
    RunResult result =
        Attempts.runner(work, commands, Confinement.of(commands, Optional.of(users)))
            .run(
                Attempts.attempt(),
                InputSource.of(input.getBytes(StandardCharsets.UTF_8)),
                new KillSwitch(),
                () -> {});
    assertThat(work.path()).isEmptyDirectory();
    return result;
  }

  private static String text(RunResult result) {
    return new String(result.stdout().bytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void aCommandIsTheUserWithTheUsersGroupsAndNoRights() throws Exception {
    String status = "grep -E 'Cap(Inh|Prm|Eff|Amb)|NoNew' /proc/self/status | tr -d '\t'";

    RunResult result = run("id -un; id -gn; id -Gn;" + status, "");

    assertThat(text(result).lines())
        .containsExactly(
            USER,
            USER,
            USER,
            "CapInh:0000000000000000",
            "CapPrm:0000000000000000",
            "CapEff:0000000000000000",
            "CapAmb:0000000000000000",
            "NoNewPrivs:1");
  }

  @Test
  void itsDirectoryInputAndStreamsAreItsOwn() {
    RunResult result =
        run(
            "touch \"$HOME/file\"; stat -c '%U %a' . \"$HOME\"; cat /dev/stdin >/dev/stdout;"
                + " echo said >/dev/stderr",
            "input\n");

    assertThat(text(result)).isEqualTo(USER + " 700\n" + USER + " 700\ninput");
    assertThat(result.stderr().bytes()).asString().isEqualTo("said\n");
  }

  @Test
  void whatItCannotListItMayOnlyPass() {
    RunResult result = run("cd ..; ls . ../.. 2>/dev/null || stat -c %a . ..", "");

    assertThat(text(result)).isEqualTo("711\n711");
  }

  @Test
  void whatItHasMadeReadOnlyIsRemoved() {
    run("mkdir -p a/b; touch a/b/c; chmod 500 a/b; chmod 0 a .; ln -s / link", "");
  }

  @Test
  void aProgramThatTheUserMayNotExecuteIsAStartUpErrorThatNamesItsJobType() throws Exception {
    Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x---"));
    Commands commands = Attempts.commands(program.toString());

    assertRefused(commands, "jobTypes.script.command: the user uucp of worker.runAs may not");
  }

  @Test
  void aWorkDirectoryThatTheUserCannotReachIsAStartUpErrorThatNamesIt() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));

    assertRefused(Attempts.commands("true"), "worker.workDirectory (SS_WORK_DIRECTORY)");
  }

  @Test
  void aUserThatRunsSomethingElseIsAStartUpError() throws Exception {
    Process other =
        new ProcessBuilder("setpriv", "--reuid=" + USER, "--clear-groups", "sleep", "300").start();
    try {
      // It is root's until setpriv has changed that.
      CommandUser user = CommandUser.of(USER, uid(), 0, Path.of("setpriv"));
      Awaitility.await().until(() -> user.runs(Path.of("/proc", Long.toString(other.pid()))));

      assertRefused(
          Attempts.commands("true"),
          "worker.runAs (SS_WORKER_RUN_AS): the user uucp must be for commands alone, and process "
              + other.pid());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private static long uid() throws IOException {
    return Long.parseLong(HelperProcess.output(List.of("id", "-u", USER)));
  }

  @Test
  void aUserOfAnotherWorkerIsAStartUpError() throws Exception {
    Process another = ChildJvm.start(HolderMain.class, directory.resolve("work").toString());
    try {
      assertThat(another.getInputStream().read()).isNotNegative();

      assertRefused(
          Attempts.commands("true"),
          "worker.runAs (SS_WORKER_RUN_AS): the user uucp is another worker's");
    } finally {
      another.destroyForcibly().waitFor();
    }
  }

  /** Holds the user until it is killed. */
  static final class HolderMain {
    private HolderMain() {}

    public static void main(String[] arguments) throws Exception {
      Commands commands = Attempts.commands("true");
      named(
          USER,
          WorkDirectory.take(Path.of(arguments[0]), "worker-2", UUID.randomUUID(), commands),
          commands);
      System.out.println();
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }
  }

  private void assertRefused(Commands commands, String message) {
    WorkDirectory work = work(commands);
    assertThatThrownBy(() -> named(USER, work, commands))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void usersThatCannotBeAreStartUpErrors() {
    Commands commands = Attempts.commands("true");
    WorkDirectory work = work(commands);
    assertThatThrownBy(() -> named("no-such-user", work, commands))
        .hasMessage("worker.runAs (SS_WORKER_RUN_AS): there is no user no-such-user");
    assertThatThrownBy(() -> named("root", work, commands))
        .hasMessage("worker.runAs (SS_WORKER_RUN_AS): root is root or the worker's own user");
    assertThat(CommandUsers.named(List.of(), 1, work, commands)).isEmpty();
  }

  @Test
  void aWorkerWithoutTheRightsIsToldWhichItLacks() throws Exception {
    Process worker = ChildJvm.startBoundByPermissions(Main.class, directory.toString());

    assertThat(new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("worker.runAs (SS_WORKER_RUN_AS)", "CAP_SETUID", "CAP_SYS_PTRACE");
  }

  /** Prints why commands cannot run as another user. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      try {
        Commands commands = Attempts.commands("true");
        named(USER, Attempts.take(Path.of(arguments[0]), commands), commands);
      } catch (StartupException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
