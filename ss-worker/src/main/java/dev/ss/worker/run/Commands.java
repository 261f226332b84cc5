package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import dev.ss.job.JobType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The job types and the programs they name, found once and for all when the worker starts. */
public final class Commands {
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private final String path;
  private final Map<String, Command> byJobType = new HashMap<>();

  /**
   * What runs for a job type.
   *
   * @param arguments the program's absolute path and its arguments
   */
  record Command(JobType type, List<String> arguments) {}

  /**
   * Finds the program of every job type.
   *
   * @param path where to look, as in the environment variable PATH
   * @throws StartupException naming the job type whose program is not there
   */
  public Commands(List<JobType> types, Optional<String> path) {
    this.path = path.orElse(DEFAULT_PATH);
    for (JobType type : types) {
      List<String> arguments = new ArrayList<>(type.command());
      arguments.set(0, program(type).toString());
      byJobType.put(type.name(), new Command(type, List.copyOf(arguments)));
    }
  }

  Optional<Command> of(String jobType) {
    return Optional.ofNullable(byJobType.get(jobType));
  }

  /** The PATH that commands get. */
  String path() {
    return path;
  }

  /** A program of the operating system, if it is installed. */
  Optional<Path> installed(String program) {
    return Stream.of(path.split(":"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Commands::isProgram)
        .findFirst();
  }

  private Path program(JobType type) {
    String name = type.command().get(0);
    Optional<Path> found =
        name.contains("/")
            ? Optional.of(Path.of(name)).filter(Commands::isProgram)
            : installed(name);
    return found
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () ->
                new StartupException(
                    "jobTypes.%s.command".formatted(type.name()),
                    name.contains("/")
                        ? "there is no executable file " + name
                        : "there is no program " + name + " on the worker's PATH"));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
