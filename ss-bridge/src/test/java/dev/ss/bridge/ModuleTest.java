package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge on the module path, where a program has it and what it needs, and nothing else. */
class ModuleTest {
  private static final List<String> NEEDED =
      List.of(
          "metrics-core-",
          "prometheus-metrics-model-",
          "prometheus-metrics-config-",
          "prometheus-metrics-exposition-",
          "prometheus-metrics-annotations-",
          "slf4j-api-");

  @TempDir private Path directory;

  @BeforeEach
  void declare() throws IOException {
    write("module-info.java", "module consumer { requires dev.ss.bridge; }");
  }

  private void write(String file, String source) throws IOException {
    Path path = directory.resolve("source").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }

  private static String modulePath() {
    String classPath = System.getProperty("java.class.path");
    Stream<String> jars =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(
                entry -> NEEDED.stream().anyMatch(Path.of(entry).toFile().getName()::startsWith));
    return Stream.concat(Stream.of(Path.of("target", "classes").toString()), jars)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private record Ended(int status, String said) {}

  private Ended run(String... command) throws IOException, InterruptedException {
    Path said = directory.resolve("said");
    String java = Path.of(System.getProperty("java.home"), "bin", command[0]).toString();
    command[0] = java;
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      return new Ended(process.exitValue(), Files.readString(said));
    } finally {
      process.destroyForcibly();
    }
  }

  private Ended compile(String file) throws IOException, InterruptedException {
    Path source = directory.resolve("source");
    return run(
        "javac",
        "--module-path",
        modulePath(),
        "-d",
        directory.resolve("classes").toString(),
        source.resolve("module-info.java").toString(),
        source.resolve(file).toString());
  }

  @Test
  void aProgramRecordsAndReads() throws Exception {
    write(
        "consumer/Main.java",
        """
        package consumer;
        import dev.ss.bridge.BridgeRegistry;
        public class Main {
          public static void main(String[] arguments) {
            try (BridgeRegistry registry = new BridgeRegistry()) {
              registry.start();
              registry.meter("parcels").mark(3);
              System.out.println(registry.snapshots().get(0).getMetadata().getName());
            }
          }
        }
        """);
    Ended compiled = compile("consumer/Main.java");
    assertThat(compiled.status()).as(compiled.said()).isZero();

    Ended ended =
        run(
            "java",
            "--module-path",
            modulePath() + File.pathSeparator + directory.resolve("classes"),
            "--module",
            "consumer/consumer.Main");

    assertThat(ended.status()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("parcels");
  }

  @Test
  void theInsideIsNotToBeSeen() throws Exception {
    write(
        "consumer/Main.java",
        """
        package consumer;
        class Main {
          dev.ss.bridge.internal.exposition.ExpositionBuffer page;
        }
        """);

    assertThat(compile("consumer/Main.java").said())
        .contains("package dev.ss.bridge.internal.exposition is not visible");
  }
}
