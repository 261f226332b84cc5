package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A process that runs out of memory ends, wherever it does. */
class FatalErrorsTest {
  @TempDir private Path directory;

  /** Where the memory runs out. */
  enum Where {
    IN_A_THREAD,
    IN_A_PERIODIC_TASK,
    WHERE_SOMEBODY_CATCHES_AND_LOGS_IT
  }

  /** A process without the flag that would end it. */
  static final class Hungry {
    private Hungry() {}

    public static void main(String[] arguments) throws Exception {
      FatalErrors.endTheProcess();
      switch (Where.valueOf(arguments[0])) {
        case IN_A_THREAD -> new Thread(Hungry::eat).start();
        case IN_A_PERIODIC_TASK ->
            new PeriodicTask("hungry", Duration.ofMillis(1), Hungry::eat).start();
        case WHERE_SOMEBODY_CATCHES_AND_LOGS_IT -> new Thread(Hungry::eatAndLog).start();
      }
      Thread.sleep(Duration.ofMinutes(1).toMillis());
    }

    private static void eatAndLog() {
      try {
        eat();
      } catch (OutOfMemoryError e) {
        LoggerFactory.getLogger(Hungry.class)
            .warn("Job {} failed", 1, new IllegalStateException(e));
      }
    }

    private static void eat() {
      List<byte[]> eaten = new ArrayList<>();
      while (eaten.size() < Integer.MAX_VALUE) {
        eaten.add(new byte[1 << 20]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Where.class)
  void aProcessWithoutMemoryEndsAndSaysWhy(Where where) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                Hungry.class.getName(),
                where.name())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(3);
      assertThat(output).content().contains("out of memory");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aStackThatWasTooSmallForOneRequestEndsNothing() {
    assertThat(FatalErrors.isFatal(new StackOverflowError())).isFalse();
    assertThat(FatalErrors.isFatal(new IllegalStateException(new OutOfMemoryError()))).isTrue();
    assertThat(FatalErrors.isFatal(new InternalError())).isTrue();
    assertThat(FatalErrors.isFatal(new NoClassDefFoundError())).isFalse();
  }
}
