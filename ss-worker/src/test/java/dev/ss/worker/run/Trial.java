package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.RunResult;
import dev.ss.testkit.process.LivingProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Runs commands that try each {@link Escape} while another attempt runs. */
final class Trial {
  static final Limits LIMITS = limits(1.0);

  private static final Limits SLOW = limits(0.01);

  private static final String OTHER = "other";
  private static final String OTHERS_SCRIPT = "echo x >secret; echo $$ >pid; exec sleep 300";
  private static final int SLOTS = 2;

  private static Limits limits(double cpu) {
    return new Limits(
        Optional.of(48L << 20),
        Optional.of(20L),
        Optional.of(cpu),
        Optional.of(1L << 20),
        Optional.of(64L));
  }

  private final Path directory;
  private final WorkDirectory work;
  private final CommandRunner runner;

  private Trial(Path directory, WorkDirectory work, CommandRunner runner) {
    this.directory = directory;
    this.work = work;
    this.runner = runner;
  }

  /**
   * Prepares a worker with two slots.
   *
   * @param users as in {@code worker.runAs}
   */
  static Trial of(Path directory, Limits limits, List<String> users, Cgroups cgroups)
      throws IOException {
    // Only the test's own user may enter a temporary directory of JUnit's.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    Commands commands = commands(limits);
    WorkDirectory work = Attempts.take(directory.resolve("work"), commands);
    Optional<CommandUsers> others = CommandUsers.named(users, SLOTS, work, commands);
    Prlimit prlimit = Prlimit.installed(commands, others.filter(CommandUsers::areOwn).isPresent());
    Confinement confinement = Confinement.of(commands, others, cgroups, prlimit);
    return new Trial(directory, work, Attempts.runner(work, commands, confinement));
  }

  private static Commands commands(Limits limits) {
    List<JobType> types = new ArrayList<>();
    types.add(type(OTHER, OTHERS_SCRIPT, limits));
    Stream.of(Escape.values())
        .map(escape -> type(escape.name(), escape.script(), limits(escape, limits)))
        .forEach(types::add);
    return new Commands(types, Optional.ofNullable(System.getenv("PATH")));
  }

  private static Limits limits(Escape escape, Limits limits) {
    return escape == Escape.PROCESSORS && limits.equals(LIMITS) ? SLOW : limits;
  }

  private static JobType type(String name, String script, Limits limits) {
    return new JobType(
        name, List.of("sh", "-c", script), Duration.ofMinutes(1), 1, Optional.empty(), limits);
  }

  private static Attempt attempt(UUID job, String type) {
    return new Attempt(
        job, type, 1, 1, 1, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Optional.empty());
  }

  /** The escapes that succeed. */
  Set<Escape> open() throws IOException {
    Path database = Files.createDirectory(directory.resolve("data"), AttemptDirectory.OWNER_ONLY);
    Path file = Files.createFile(database.resolve("ss.db"), AttemptDirectory.OWNERS_FILE);
    Files.writeString(file, "what clients have submitted");
    UUID job = UUID.randomUUID();
    KillSwitch end = new KillSwitch();
    CompletableFuture<RunResult> other =
        CompletableFuture.supplyAsync(
            () -> runner.run(attempt(job, OTHER), Attempts.NO_INPUT, end, () -> {}));
    try {
      Path others = work.path().resolve("1." + job);
      Awaitility.await().until(() -> content(others.resolve("pid")).endsWith("\n"));
      String input = String.join("\n", file.toString(), others.toString(), pid(others), "");
      Set<Escape> open = EnumSet.noneOf(Escape.class);
      for (Escape escape : Escape.values()) {
        if (succeeds(escape, input)) {
          open.add(escape);
        }
      }
      return open;
    } finally {
      end.kill(KillSwitch.Reason.LEASE_LOST);
      other.join();
    }
  }

  private static String pid(Path others) throws IOException {
    return content(others.resolve("pid")).strip();
  }

  private static String content(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private boolean succeeds(Escape escape, String input) {
    RunResult result =
        runner.run(
            attempt(UUID.randomUUID(), escape.name()),
            InputSource.of(input.getBytes(StandardCharsets.UTF_8)),
            new KillSwitch(),
            () -> {});
    String printed = new String(result.stdout().bytes(), StandardCharsets.UTF_8).strip();
    return escape == Escape.REMAINS ? remains(Long.parseLong(printed)) : printed.equals("open");
  }

  private static boolean remains(long pid) {
    boolean running = LivingProcesses.isRunning(pid);
    if (running) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    return running;
  }
}
