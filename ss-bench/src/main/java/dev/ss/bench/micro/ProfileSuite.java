package dev.ss.bench.micro;

import dev.ss.testkit.process.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.AsyncProfiler;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/** Profiles the benchmarks that the command line names. */
final class ProfileSuite implements Suite {
  private static final TimeValue LONG_ENOUGH = TimeValue.seconds(2);
  private static final String FLAT_LIST = "ns  percent  samples  top";

  @Override
  public void run(Jmh jmh, PrintStream out) throws RunnerException, IOException {
    Path directory = Files.createTempDirectory("ss-bench-profile");
    try {
      String settings =
          "libPath=%s;dir=%s;event=ctimer;output=text;traces=0;flat=30"
              .formatted(library(directory), directory);
      jmh.runNamed(
          options ->
              options
                  .forks(1)
                  .measurementTime(LONG_ENOUGH)
                  .jvmArgsAppend("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints")
                  .addProfiler(AsyncProfiler.class, settings));
      printAll(directory, out);
    } finally {
      Directories.delete(directory);
    }
  }

  private static Path library(Path directory) throws IOException {
    String platform = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    Path library = directory.resolve("libasyncProfiler.so");
    try (InputStream input =
        ProfileSuite.class.getResourceAsStream("/linux-" + platform + "/libasyncProfiler.so")) {
      Files.copy(input, library, StandardCopyOption.REPLACE_EXISTING);
    }
    return library;
  }

  private static void printAll(Path directory, PrintStream out) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        out.printf("%n## %s%n%n```%n", directory.relativize(file.getParent()));
        lines.stream()
            .skip(lines.stream().takeWhile(line -> !line.contains(FLAT_LIST)).count())
            .forEach(out::println);
        out.println("```");
      }
    }
  }
}
