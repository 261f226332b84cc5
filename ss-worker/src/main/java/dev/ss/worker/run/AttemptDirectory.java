package dev.ss.worker.run;

import dev.ss.job.Attempt;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt's own directory: the command runs in it, and finds it empty. The file with the input
 * lies beside it. No two attempts have the same, and so what an attempt has started is recognised
 * by it; see {@link Marks}.
 */
final class AttemptDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptDirectory.class);

  /** Nobody else on this machine has any business in a job's files. */
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path working;
  private final Path input;

  private AttemptDirectory(Path working) {
    this.working = working;
    this.input = working.resolveSibling(working.getFileName() + ".input");
  }

  /** Makes the directory below {@code parent} and stores the input. */
  static AttemptDirectory create(Path parent, Attempt attempt, byte[] input) throws IOException {
    // The id comes last: no directory's name is the beginning of another's.
    AttemptDirectory directory =
        new AttemptDirectory(parent.resolve(attempt.generation() + "." + attempt.jobId()));
    directory.create();
    Files.write(directory.input, input);
    return directory;
  }

  private void create() throws IOException {
    try {
      Files.createDirectory(working, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      DirectoryRemoval.remove(working);
      Files.createDirectory(working, OWNER_ONLY);
    } catch (NoSuchFileException e) { // something has cleared the parent away
      Files.createDirectories(working, OWNER_ONLY);
    }
  }

  /** Where the command runs. */
  Path working() {
    return working;
  }

  /** What the command reads. */
  Path input() {
    return input;
  }

  /** Removes both. The directory goes last: without it, the reaper takes the attempt for ended. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(input);
      DirectoryRemoval.remove(working);
    } catch (IOException e) {
      LOG.warn("The working directory {} cannot be removed: {}", working, e.toString());
    }
  }
}
