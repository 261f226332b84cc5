package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import dev.ss.job.JobType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The job types with the programs they name. The programs are looked up once, at start. */
public final class Commands {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";
  private static final String NEEDS_UTF8 =
      "needs a locale with UTF-8: start the worker with LC_ALL=C.UTF-8";

  private final String path;
  private final Map<String, Command> byJobType = new LinkedHashMap<>();

  /**
   * The command of a job type.
   *
   * @param arguments the complete command line of a job that chooses no parameters, beginning with
   *     the path of a program
   * @param template the path of the program and its arguments as configured
   */
  record Command(JobType type, List<String> arguments, List<String> template) {}

  /**
   * Finds the program of every job type.
   *
   * @param path the directories to search, as in the environment variable PATH
   * @throws StartupException naming the job type whose program is missing, or whose arguments
   *     cannot be passed on
   */
  public Commands(List<JobType> types, Optional<String> path) {
    this.path = path.orElse(DEFAULT_PATH);
    for (JobType type : types) {
      List<String> arguments = new ArrayList<>(type.command());
      arguments.set(0, program(type).toString());
      byJobType.put(
          type.name(), new Command(type, inUtf8(type, arguments), List.copyOf(arguments)));
    }
  }

  Optional<Command> of(String jobType) {
    return Optional.ofNullable(byJobType.get(jobType));
  }

  /**
   * Returns why a job cannot have these values for its parameters, for the job's log; empty if it
   * can. Only this worker's configuration counts: that of the API may be newer or older.
   */
  static Optional<String> misfit(Command command, Map<String, String> values) {
    String jobType = command.type().name();
    return command
        .type()
        .parameters()
        .misfit(values)
        .map(
            misfit ->
                misfit.match(
                    name -> "This worker's %s has no parameter %s.\n".formatted(jobType, name),
                    name -> "This worker's %s needs the parameter %s.\n".formatted(jobType, name),
                    name ->
                        "This worker's %s has a pattern for %s that the job's value does not match.\n"
                            .formatted(jobType, name)));
  }

  /**
   * Returns the complete command line of a job, beginning with the path of a program.
   *
   * @param values of the job's parameters, which fit
   */
  List<String> line(Command command, Map<String, String> values) {
    List<String> filled = command.type().parameters().fill(command.template(), values);
    return filled.equals(command.template()) ? command.arguments() : inUtf8(command.type(), filled);
  }

  /** All of them, in the order of their job types. */
  List<Command> all() {
    return List.copyOf(byJobType.values());
  }

  /** The PATH in the environment of commands. */
  String path() {
    return path;
  }

  /** Finds a program on the PATH. */
  Optional<Path> installed(String program) {
    return Stream.of(path.split(":"))
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> executable(directory, program).stream())
        .findFirst();
  }

  private Path program(JobType type) {
    String name = type.command().get(0);
    if (NativeText.path(name).isEmpty()) {
      throw invalid(type, "the program's name " + NEEDS_UTF8);
    }
    Optional<Path> found = name.contains("/") ? executable(name) : installed(name);
    return found
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () ->
                invalid(
                    type,
                    name.contains("/")
                        ? "there is no executable file " + name
                        : "there is no program " + name + " on the worker's PATH"));
  }

  private List<String> inUtf8(JobType type, List<String> arguments) {
    if (NativeText.areWrittenAsUtf8(arguments)) {
      return List.copyOf(arguments);
    }
    return installed("sh")
        .map(shell -> NativeText.inUtf8(shell.toString(), arguments))
        .orElseThrow(
            () ->
                invalid(type, "where there is no sh, an argument that is not ASCII " + NEEDS_UTF8));
  }

  private static StartupException invalid(JobType type, String reason) {
    return new StartupException("jobTypes." + type.name() + ".command", reason);
  }

  private static Optional<Path> executable(String first, String... more) {
    return NativeText.path(first, more)
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
