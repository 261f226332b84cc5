package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ss.job.Limits;
import dev.ss.testkit.repository.Repository;
import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries out each cell of the table in docs/deploy.md, a column at a time. */
class EscapesTest {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  @TempDir private Path directory;

  @BeforeAll
  static void root() {
    Installed.assumeRoot();
  }

  /** The escapes that the table calls possible in this column; the first is the escape's title. */
  private static Set<Escape> documented(int column) throws IOException {
    List<String> table = Files.readAllLines(Repository.root().resolve("docs").resolve("deploy.md"));
    Set<Escape> open = EnumSet.noneOf(Escape.class);
    for (Escape escape : Escape.values()) {
      String row =
          table.stream()
              .filter(line -> line.startsWith("| " + escape.title() + " |"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row: " + escape.title()));
      String cell = List.of(row.split("\\|", -1)).get(column + 1).strip();
      assertThat(cell).as(row).containsPattern("^(yes|no)\\b");
      if (cell.startsWith("yes")) {
        open.add(escape);
      }
    }
    return open;
  }

  private Set<Escape> open(Limits limits, String... users) throws IOException {
    return Trial.of(directory, limits, List.of(users), Cgroups.none("no cgroups in this test"))
        .open();
  }

  @Test
  void withNothingConfigured() throws Exception {
    assertThat(open(Limits.NONE)).isEqualTo(documented(1));
  }

  @Test
  void withLimitsByPrlimit() throws Exception {
    assertThat(open(Trial.LIMITS)).isEqualTo(documented(2));
  }

  @Test
  void withOneUserForAllAttempts() throws Exception {
    assertThat(open(Trial.LIMITS, "games")).isEqualTo(documented(3));
  }

  @Test
  void withAUserForEachSlot() throws Exception {
    assertThat(open(Trial.LIMITS, "lp", "news")).isEqualTo(documented(4));
  }

  /** In a process that has a cgroup to itself, as systemd gives one to a unit. */
  @Test
  void withLimitsByCgroup() throws Exception {
    assumeTrue(hasCgroups(), "SKIPPED: root has no cgroup v2 with memory, pids and cpu");
    Path own = Files.createDirectory(CGROUPS.resolve("ss-test-" + ProcessHandle.current().pid()));
    try {
      Process trial = ChildJvm.startIn(own, Main.class, directory.toString());
      String printed = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(trial.waitFor()).isZero();
      assertThat(printed.lines().filter(line -> !line.contains(" ")))
          .containsExactlyElementsOf(documented(5).stream().map(Escape::name).toList());
    } finally {
      new Cgroup(own).close();
    }
    assertThat(own).doesNotExist();
  }

  private static boolean hasCgroups() throws IOException {
    Path controllers = CGROUPS.resolve("cgroup.subtree_control");
    return Files.isWritable(controllers)
        && Stream.of("cpu", "memory", "pids").allMatch(Files.readString(controllers)::contains);
  }

  /** Prints the names of the escapes that succeed. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      Trial.of(Path.of(arguments[0]), Trial.LIMITS, List.of(), Cgroups.ofThisProcess())
          .open()
          .forEach(System.out::println);
    }
  }
}
