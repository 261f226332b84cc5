package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ss.job.Attempt;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that use a known amount are measured as docs/deploy.md says. The worker is a JVM of its
 * own: in this one, other tests start processes too.
 */
@EnabledOnOs(OS.LINUX)
class UsageTest {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final double TEN_PERCENT = 10;
  private static final double MEBIBYTE = 1 << 20;
  private static final int SHORT_RUNS = 30;

  private static final String BURN = "i=0; while [ $i -lt %d ]; do i=$((i+1)); done";

  /** Half a second and more: the shell counts in hundredths, and 10 % of it are several of them. */
  private static final int LONG = 1_000_000;

  @TempDir private Path directory;

  /** What commands do. Those that use processor time print how much, with {@code times}. */
  private enum Work {
    THREE_CHILDREN("(W)& (W)& (W)& wait; times".replace("W", BURN.formatted(LONG))),
    MEMORY("head -c 314572800 /dev/zero | tail -c 314572800 | (sleep 1; cat >/dev/null)"),
    /** It lives on for a while, as what has been detached does. */
    DETACHED_GRANDCHILD(
        """
        (setsid sh -c '%s; times >used; exec sleep 3' </dev/null >/dev/null 2>&1 &)
        while [ ! -s used ]; do sleep 0.05; done
        cat used; times
        """
            .formatted(BURN.formatted(LONG))),
    /** It ends before anybody looks at it. */
    SHORT(BURN.formatted(LONG / SHORT_RUNS)),
    AS_MUCH_AS_ALL_SHORT_ONES(BURN.formatted(LONG) + "; times"),
    TOO_MUCH_MEMORY("head -c 314572800 /dev/zero | tail -c 314572800 | wc -c; kill -9 $$", 64);

    private final String script;
    private final long maxMebibytes;

    Work(String script) {
      this(script, 4096);
    }

    Work(String script, long maxMebibytes) {
      this.script = script;
      this.maxMebibytes = maxMebibytes;
    }

    JobType type() {
      Limits limits =
          new Limits(
              Optional.of(maxMebibytes << 20),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      return new JobType(
          name(), List.of("sh", "-c", script), Duration.ofMinutes(1), 1, Optional.empty(), limits);
    }
  }

  /** One line of what the worker printed. */
  private record Measured(
      String outcome, double printedSeconds, double cpuSeconds, double memory, boolean lowerBound) {
    static Measured parse(String... words) {
      return new Measured(
          words[1],
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]),
          Double.parseDouble(words[4]),
          Boolean.parseBoolean(words[5]));
    }
  }

  private static Map<Work, List<Measured>> measured(Process worker) throws Exception {
    String printed = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(worker.waitFor()).isZero();
    return printed
        .lines()
        .filter(line -> !line.contains("["))
        .map(line -> line.split(" ", -1))
        .collect(
            Collectors.groupingBy(
                words -> Work.valueOf(words[0]),
                Collectors.mapping(Measured::parse, Collectors.toList())));
  }

  private static Measured only(Map<Work, List<Measured>> all, Work work) {
    assertThat(all.get(work)).hasSize(1);
    return all.get(work).get(0);
  }

  @Test
  void withoutACgroup() throws Exception {
    Map<Work, List<Measured>> all =
        measured(ChildJvm.start(Main.class, directory.toString(), "without"));

    assertWithinTenPercent(all, true);
    double shortOnes = all.get(Work.SHORT).stream().mapToDouble(Measured::cpuSeconds).sum();
    double asMuch = only(all, Work.AS_MUCH_AS_ALL_SHORT_ONES).printedSeconds();
    assertThat(shortOnes).as("and what it takes to start").isBetween(asMuch * .7, asMuch * 2);
    assertThat(only(all, Work.TOO_MUCH_MEMORY).outcome()).isEqualTo("FAILED");
  }

  /** In a process that has a cgroup to itself, as systemd gives one to a unit. */
  @Test
  void withACgroup() throws Exception {
    assumeTrue(hasCgroups(), "SKIPPED: root has no cgroup v2 with memory, pids and cpu");
    Path own = Files.createDirectory(CGROUPS.resolve("ss-usage-" + ProcessHandle.current().pid()));
    try {
      Map<Work, List<Measured>> all =
          measured(ChildJvm.startIn(own, Main.class, directory.toString(), "with"));

      assertWithinTenPercent(all, false);
      assertThat(only(all, Work.TOO_MUCH_MEMORY).outcome()).isEqualTo("OUT_OF_MEMORY");
    } finally {
      new Cgroup(own).close();
    }
  }

  private static void assertWithinTenPercent(Map<Work, List<Measured>> all, boolean lowerBound) {
    for (Work work : List.of(Work.THREE_CHILDREN, Work.DETACHED_GRANDCHILD)) {
      Measured one = only(all, work);
      assertThat(one.printedSeconds()).as(work.name()).isGreaterThan(.1);
      assertThat(one.cpuSeconds())
          .as(work.name())
          .isCloseTo(one.printedSeconds(), withinPercentage(TEN_PERCENT));
    }
    assertThat(only(all, Work.MEMORY).memory() / MEBIBYTE)
        .isCloseTo(300, withinPercentage(TEN_PERCENT));
    assertThat(only(all, Work.MEMORY).lowerBound()).isEqualTo(lowerBound);
  }

  private static boolean hasCgroups() throws IOException {
    Path controllers = CGROUPS.resolve("cgroup.subtree_control");
    return Files.isWritable(controllers)
        && Stream.of("cpu", "memory", "pids").allMatch(Files.readString(controllers)::contains);
  }

  /** A worker that prints what its commands used. */
  static final class Main {
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

    private Main() {}

    public static void main(String[] arguments) {
      Commands commands =
          new Commands(
              Stream.of(Work.values()).map(Work::type).toList(),
              Optional.ofNullable(System.getenv("PATH")));
      WorkDirectory directory = Attempts.take(Path.of(arguments[0]), commands);
      Cgroups cgroups =
          arguments[1].equals("with") ? Cgroups.ofThisProcess() : Cgroups.none("not wanted");
      CommandRunner runner =
          Attempts.runner(
              directory,
              commands,
              Confinement.of(
                  commands, Optional.empty(), cgroups, Prlimit.installed(commands, false)));
      Stream.of(Work.values())
          .flatMap(
              work -> IntStream.range(0, work == Work.SHORT ? SHORT_RUNS : 1).mapToObj(i -> work))
          .map(
              work ->
                  line(
                      work,
                      runner.run(attempt(work), Attempts.NO_INPUT, new KillSwitch(), () -> {})))
          .forEach(System.out::println);
    }

    private static Attempt attempt(Work work) {
      return new Attempt(
          UUID.randomUUID(),
          work.name(),
          1,
          1,
          1,
          Instant.EPOCH,
          Instant.EPOCH,
          Instant.EPOCH,
          Optional.empty());
    }

    private static String line(Work work, RunResult result) {
      return String.format(
          Locale.ROOT,
          "%s %s %.3f %.3f %d %s",
          work,
          result.outcome(),
          times(new String(result.stdout().bytes(), StandardCharsets.UTF_8)),
          result.resources().cpu().map(cpu -> cpu.seconds()).orElse(-1.0),
          result.resources().peakMemory().orElse(-1L),
          result.resources().areLowerBounds());
    }

    private static double times(String printed) {
      Function<MatchResult, Double> seconds =
          time -> 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
      return TIME.matcher(printed).results().mapToDouble(seconds::apply).sum();
    }
  }
}
