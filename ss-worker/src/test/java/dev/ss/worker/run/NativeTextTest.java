package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.boot.StartupException;
import dev.ss.job.JobType;
import dev.ss.job.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments that are not ASCII, in a JVM whose environment names no locale. */
class NativeTextTest {
  @TempDir private Path directory;

  private static final List<String> ARGUMENTS =
      List.of(
          "größer", "", "'\"\\ %s %% $HOME `x` \\n\n\n", "\t*?\u007f", "日本語", "🦆\n", everyByte());

  /** Of which UTF-8 is made; some of them mean something to shells inside. */
  private static String everyByte() {
    StringBuilder text = new StringBuilder();
    for (int character = 1; character < 0x1800; character++) {
      text.append((char) character);
    }
    return text.toString();
  }

  /** Runs a command with the arguments and prints what it says. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of("printf", "%s\\0"));
      command.addAll(ARGUMENTS);
      run(Path.of(arguments[0]), Attempts.commands(command.toArray(String[]::new)));
      run(Path.of(arguments[0]), Attempts.commands("printenv", "-0", "PWD", "a", "ü"));
    }

    private static void run(Path directory, Commands commands) throws IOException {
      RunResult result =
          new CommandRunner(
                  commands,
                  WorkDirectory.take(
                      Files.createTempDirectory(directory, "work"),
                      "worker-1",
                      UUID.randomUUID(),
                      commands),
                  Confinement.of(commands, Optional.empty()),
                  100_000,
                  Attempts.GRACE,
                  OutputSink.NONE)
              .run(Attempts.attempt(), Attempts.NO_INPUT, new KillSwitch(), () -> {});
      System.out.write(result.stdout().bytes());
      System.out.flush();
    }
  }

  /** Says why commands cannot be. */
  static final class RefusedMain {
    private RefusedMain() {}

    public static void main(String[] arguments) {
      refuse(new JobType("shout", List.of(arguments[0], "ü"), Duration.ZERO, 1, Optional.empty()));
      refuse(new JobType("name", List.of("ü"), Duration.ZERO, 1, Optional.empty()));
    }

    private static void refuse(JobType type) {
      try {
        System.out.println(new Commands(List.of(type), Optional.of("/nowhere")).path());
      } catch (StartupException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void commandsGetTheirArgumentsInUtf8AndNothingElse() throws Exception {
    Process child = ChildJvm.start(Main.class, directory.toString());

    assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(String.join("\0", ARGUMENTS) + "\0");
    assertThat(child.waitFor()).isZero();
  }

  @Test
  void whereThereIsNoShellTheWorkerSaysAtItsStartWhichCommandNeedsAnotherLocale() throws Exception {
    Process child = ChildJvm.start(RefusedMain.class, Path.of("/bin/sh").toString());

    assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines())
        .containsExactly(
            "jobTypes.shout.command: where there is no sh, an argument that is not ASCII needs a"
                + " locale with UTF-8: start the worker with LC_ALL=C.UTF-8",
            "jobTypes.name.command: the program's name needs a locale with UTF-8: start the worker"
                + " with LC_ALL=C.UTF-8");
  }
}
