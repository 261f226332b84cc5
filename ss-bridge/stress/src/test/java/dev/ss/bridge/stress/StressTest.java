package dev.ss.bridge.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs jcstress in a child process: briefly, or with the options in {@code -Dstress}. */
class StressTest {
  /** 200 ms in each JVM, which starts sooner with a small heap that it does not touch first. */
  private static final String SHORT =
      "-f 1 -fsm 1 -iters 1 -time 200 -sc false -pth false -hs 64"
          + " -jvmArgs -XX:-TieredCompilation";

  private static final long MAX_HOURS = 12;

  private final Path directory = Path.of(System.getProperty("stress.directory"));

  @Test
  void whateverTwoThreadsDoAtTheSameMomentTheResultIsOneThatIsAllowed() throws Exception {
    assumeThat(Runtime.getRuntime().availableProcessors()).as("processors").isGreaterThan(1);
    Files.createDirectories(directory);
    Path output = directory.resolve("output.txt");
    Process jcstress =
        new ProcessBuilder(command())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(jcstress.waitFor(MAX_HOURS, TimeUnit.HOURS)).isTrue();
    } finally {
      jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
      jcstress.destroyForcibly();
    }
    String told = Files.readString(output);
    assertThat(jcstress.exitValue()).as(told).isZero();
    assertThat(told).contains("RUN RESULTS"); // jcstress exits with 0 also if it ran no test
  }

  private static List<String> command() {
    String given = System.getProperty("stress");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-r", "report"));
    command.addAll(List.of((given.isBlank() ? SHORT : given).split(" ")));
    return command;
  }
}
