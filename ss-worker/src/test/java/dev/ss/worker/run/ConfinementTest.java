package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.ErrorCode;
import dev.ss.job.Limits;
import dev.ss.job.RunResult;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.unit.CapturedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ConfinementTest {
  private static final Limits ALL =
      new Limits(
          Optional.of(1L << 30),
          Optional.of(64L),
          Optional.of(2.0),
          Optional.of(1L << 20),
          Optional.of(50L));

  @TempDir private Path directory;

  private final Cgroups noCgroups = Cgroups.none("there is no cgroup v2");

  private RunResult run(Commands commands, Cgroups cgroups) {
    Confinement confinement =
        Confinement.of(commands, Optional.empty(), cgroups, Prlimit.installed(commands, false));
    return Attempts.runner(
            Attempts.take(directory.resolve("work"), commands), commands, confinement)
        .run(Attempts.attempt(), Attempts.NO_INPUT, new KillSwitch(), () -> {});
  }

  /** Of plain directories, which the kernel does not fill and rmdir(2) does not empty. */
  private Cgroups cgroups() throws IOException {
    Path own = Files.createDirectory(directory.resolve("cgroup"));
    Files.writeString(own.resolve("cgroup.controllers"), "cpu memory pids");
    Files.createFile(own.resolve("cgroup.subtree_control"));
    Files.writeString(own.resolve("cgroup.procs"), "1");
    return Cgroups.at(own, 1);
  }

  private static String text(RunResult result) {
    return new String(result.stdout().bytes(), StandardCharsets.UTF_8).strip();
  }

  private static String log(RunResult result) {
    return new String(result.stderr().bytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void aLimitThatNothingEnforcesIsNamedInAWarning() {
    try (CapturedLog log = CapturedLog.of(Confinement.class.getPackage())) {
      run(Attempts.commands(ALL, "true"), noCgroups);

      assertThat(log.messages())
          .contains(
              "WARN jobTypes.script.limits.cpu is not enforced: there is no cgroup v2, and prlimit "
                  + "does not limit it.",
              "WARN jobTypes.script.limits.processes is not enforced: there is no cgroup v2, and "
                  + "prlimit needs a user for each slot in worker.runAs.");
    }
  }

  @Test
  void whatNoCgroupLimitsPrlimitDoes() {
    RunResult result =
        run(Attempts.commands(ALL, "sh", "-c", "ulimit -d; ulimit -f; ulimit -n"), noCgroups);

    // KiB, blocks of 512 bytes, descriptors.
    assertThat(text(result)).isEqualTo("1048576\n2048\n50");
  }

  @Test
  void withoutLimitsNothingStartsBeforeTheCommand() throws Exception {
    Commands commands = Attempts.commands("true");

    assertThat(Confinement.of(commands, Optional.empty()).begin(Attempts.attempt()))
        .isSameAs(Confined.NOT);
  }

  @Test
  void theCommandIsInItsCgroupBeforeItBegins() throws Exception {
    Path cgroup = directory.resolve("cgroup");
    // It leaves nothing in the directory, as the kernel would not.
    String script = "cd %s/attempt-*; [ $(cat cgroup.procs) = $$ ] && cat pids.max; rm *";

    RunResult result = run(Attempts.commands(ALL, "sh", "-c", script.formatted(cgroup)), cgroups());

    assertThat(text(result)).isEqualTo("64");
    assertThat(cgroup).isDirectoryNotContaining("glob:**/attempt-*");
  }

  @Test
  void aProgramThatIsGoneCouldNotBeRunWhateverStartsBeforeIt() throws Exception {
    Path program = directory.resolve("program");
    Files.writeString(program, "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Commands commands = Attempts.commands(ALL, program.toString());
    Files.delete(program);

    RunResult result = run(commands, noCgroups);

    assertThat(result.errorCode()).contains(ErrorCode.COULD_NOT_RUN);
    assertThat(log(result))
        .startsWith("The worker could not start the command: prlimit: ")
        .contains(program.toString());
  }

  @Test
  void aCgroupThatIsGoneKeepsTheCommandFromRunning() throws Exception {
    Cgroups cgroups = cgroups();
    Commands commands = Attempts.commands(ALL, "sh", "-c", "echo ran");
    Confined confined =
        Confinement.of(commands, Optional.empty(), cgroups, Prlimit.installed(commands, false))
            .begin(Attempts.attempt());
    Shell.run(List.of("rm", "-r", directory.resolve("cgroup").toString()));

    Process process =
        new ProcessBuilder(
                Stream.concat(confined.launcher().stream(), Stream.of("echo", "ran")).toList())
            .start();

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isNotZero();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith(Confined.SHELL_NAME + ": ");
  }

  @Test
  void aCommandThatFailsLikeALauncherHasFailedItself() {
    RunResult result =
        run(Attempts.commands(ALL, "sh", "-c", "echo sh: not found >&2; exit 127"), noCgroups);

    assertThat(result.errorCode()).contains(ErrorCode.COMMAND_FAILED);
    assertThat(result.exitCode()).contains(127);
  }
}
