package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.CpuTime;
import dev.ss.job.Limits;
import dev.ss.job.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain directories stand for cgroups; RealCgroupTest has real ones. */
class CgroupsTest {
  private static final long WORKER = 4711;
  private static final Limits LIMITS =
      new Limits(
          Optional.of(512L << 20),
          Optional.of(64L),
          Optional.of(0.5),
          Optional.empty(),
          Optional.empty());
  private static final Set<Limit> ENFORCED = EnumSet.of(Limit.MEMORY, Limit.PROCESSES, Limit.CPU);

  @TempDir private Path own;

  @BeforeEach
  void delegate() throws IOException {
    write("cgroup.controllers", "cpuset cpu io memory pids\n");
    write("cgroup.subtree_control", "");
    write("cgroup.procs", WORKER + "\n");
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(own.resolve(file), content);
  }

  @Test
  void aProcessIsInTheCgroupOfVersion2WhereverThatIsMounted() {
    String hybrid = "4:memory:/a\n0::/system.slice/ss.service\n";
    assertThat(Cgroups.place(hybrid, mount("/", "/sys/fs/cgroup/unified")))
        .contains(Path.of("/sys/fs/cgroup/unified/system.slice/ss.service"));
    assertThat(Cgroups.place("0::/\n", mount("/", "/sys/fs/cgroup")))
        .contains(Path.of("/sys/fs/cgroup"));
    assertThat(Cgroups.place("0::/box/x\n", mount("/box", "/sys/fs/cgroup")))
        .contains(Path.of("/sys/fs/cgroup/x"));
    assertThat(Cgroups.place("0::/\n", mount("/box", "/sys/fs/cgroup"))).isEmpty();
    assertThat(Cgroups.place("4:memory:/a\n", mount("/", "/sys/fs/cgroup"))).isEmpty();
  }

  private static String mount(String root, String place) {
    return "20 1 8:1 / / rw - ext4 /dev/vda rw\n"
        + "33 24 0:28 %s %s rw,nosuid shared:9 - cgroup2 cgroup2 rw\n".formatted(root, place);
  }

  @Test
  void theWorkerMovesOutBeforeItHandsControllersDown() {
    Cgroups cgroups = Cgroups.at(own, WORKER);

    assertThat(own.resolve("worker").resolve("cgroup.procs")).hasContent("4711");
    assertThat(own.resolve("cgroup.subtree_control")).content().startsWith("+");
    assertThat(ENFORCED).allMatch(limit -> cgroups.obstacle(limit).isEmpty());
    assertThat(cgroups.obstacle(Limit.FILES)).contains("cgroups do not limit it");
  }

  @Test
  void aManagerMayHaveMovedTheWorkerAlready() throws Exception {
    Path leaf = Files.createDirectory(own.resolve("worker"));

    Cgroups cgroups = Cgroups.at(leaf, WORKER);

    assertThat(cgroups.obstacle(Limit.MEMORY)).isEmpty();
    assertThat(leaf).isEmptyDirectory();
  }

  @Test
  void anAttemptHasItsLimitsInACgroupOfItsOwn() throws Exception {
    Cgroups cgroups = Cgroups.at(own, WORKER);

    Cgroup cgroup = cgroups.create(Attempts.attempt(), ENFORCED, LIMITS).orElseThrow();

    Path directory = cgroup.members().getParent();
    assertThat(directory).hasParent(own);
    assertThat(directory.resolve("memory.max")).hasContent("536870912");
    assertThat(directory.resolve("memory.swap.max")).hasContent("0");
    assertThat(directory.resolve("memory.oom.group")).hasContent("1");
    assertThat(directory.resolve("pids.max")).hasContent("64");
    assertThat(directory.resolve("cpu.max")).hasContent("50000 100000");
  }

  @Test
  void theKernelCountsWhatAnAttemptUses() throws Exception {
    Cgroup cgroup =
        Cgroups.at(own, WORKER).create(Attempts.attempt(), ENFORCED, LIMITS).orElseThrow();
    Path directory = cgroup.members().getParent();
    Files.writeString(
        directory.resolve("cpu.stat"),
        "usage_usec 1750000\nuser_usec 1500000\nsystem_usec 250000\nnr_periods 0\n");
    Files.writeString(directory.resolve("memory.peak"), "314572800\n");
    Files.writeString(directory.resolve("memory.events"), "low 0\nmax 9\noom 1\noom_kill 0\n");
    CgroupUsage usage = new CgroupUsage(cgroup);

    assertThat(usage.needsLooks()).isFalse();
    assertThat(usage.end(Optional.empty()))
        .isEqualTo(
            new Resources(
                Optional.of(new CpuTime(Duration.ofMillis(1500), Duration.ofMillis(250))),
                Optional.of(300L << 20),
                false));
    assertThat(usage.ranOutOfMemory()).isFalse();

    Files.writeString(directory.resolve("memory.events"), "oom 1\noom_kill 2\noom_group_kill 1\n");
    assertThat(usage.ranOutOfMemory()).isTrue();
  }

  @Test
  void beforeLinux519LooksFindThePeakOfMemory() throws Exception {
    Cgroup cgroup =
        Cgroups.at(own, WORKER).create(Attempts.attempt(), ENFORCED, LIMITS).orElseThrow();
    Path current = cgroup.members().resolveSibling("memory.current");
    CgroupUsage usage = new CgroupUsage(cgroup);
    assertThat(usage.end(Optional.empty())).isEqualTo(Resources.UNKNOWN);

    for (String bytes : List.of("4096\n", "8192\n", "1024\n")) {
      Files.writeString(current, bytes);
      usage.look();
    }

    assertThat(usage.needsLooks()).isTrue();
    assertThat(usage.end(Optional.empty()))
        .isEqualTo(new Resources(Optional.empty(), Optional.of(8192L), true));
  }

  @Test
  void anAttemptWithoutSuchLimitsHasNone() throws Exception {
    assertThat(Cgroups.at(own, WORKER).create(Attempts.attempt(), Set.of(), LIMITS)).isEmpty();
  }

  @Test
  void whatAnEarlierWorkerLeftIsRemoved() throws Exception {
    Files.createDirectories(own.resolve("attempt-1.a").resolve("of the command"));
    Files.createDirectory(own.resolve("another"));

    Cgroups.at(own, WORKER);

    assertThat(own.resolve("attempt-1.a")).doesNotExist();
    assertThat(own.resolve("another")).exists();
  }

  @Test
  void aCgroupThatIsNotTheWorkersAloneIsLeftAsItIs() throws Exception {
    write("cgroup.procs", WORKER + "\n4712\n");

    assertThat(Cgroups.at(own, WORKER).obstacle(Limit.CPU))
        .contains("the worker's cgroup has other processes too");
    assertThat(own.resolve("cgroup.subtree_control")).isEmptyFile();
    assertThat(own.resolve("worker")).doesNotExist();
  }

  @Test
  void whichControllerIsMissingIsKnown() throws Exception {
    write("cgroup.controllers", "memory pids\n");
    assertThat(Cgroups.at(own, WORKER).obstacle(Limit.CPU))
        .contains("the worker's cgroup has no controller for it");

    write("cgroup.controllers", "\n");
    assertThat(Cgroups.at(own, WORKER).obstacle(Limit.MEMORY))
        .contains("the worker's cgroup has no controllers");

    Files.delete(own.resolve("cgroup.subtree_control"));
    assertThat(Cgroups.at(own, WORKER).obstacle(Limit.MEMORY))
        .contains("the worker may not change its cgroup");
  }
}
