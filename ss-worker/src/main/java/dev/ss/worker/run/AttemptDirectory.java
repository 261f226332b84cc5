package dev.ss.worker.run;

import dev.ss.job.Attempt;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The working directory of one attempt; it is empty when the command starts. The files with the
 * input and the progress lie beside it. No two attempts have the same directory, so it identifies
 * the attempt's processes; see {@link Marks}.
 */
final class AttemptDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptDirectory.class);

  /** Only its owner may access the files of a job. */
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** The same for a file. */
  static final FileAttribute<?> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<StandardOpenOption> TO_WRITE =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private final Path working;
  private final Path input;
  private final Confined confined;
  private @Nullable ProgressFile progress;

  private AttemptDirectory(Path working, Confined confined) {
    this.working = working;
    this.confined = confined;
    this.input = beside("input");
  }

  /** Creates the directory below {@code parent}, stores the input, and hands both over. */
  static AttemptDirectory create(Path parent, Attempt attempt, InputSource input, Confined confined)
      throws IOException {
    // The id comes last, so that no directory's path is the beginning of another's.
    AttemptDirectory directory =
        new AttemptDirectory(
            parent.resolve(attempt.generation() + "." + attempt.jobId()), confined);
    directory.create();
    try {
      directory.store(input);
      directory.progress = ProgressFile.create(directory.beside("progress"));
      confined.own(directory.working);
      confined.own(directory.input);
      confined.own(directory.progress().path());
      return directory;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private void create() throws IOException {
    try {
      Files.createDirectory(working, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      DirectoryRemoval.remove(working);
      Files.createDirectory(working, OWNER_ONLY);
    } catch (NoSuchFileException e) { // the parent was deleted meanwhile
      Files.createDirectories(working, OWNER_ONLY);
    }
  }

  private void store(InputSource source) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(input, TO_WRITE, OWNERS_FILE)) {
      source.writeTo(file);
    }
  }

  /** A path for a file of the attempt that is not in its working directory. */
  Path beside(String name) {
    return working.resolveSibling(working.getFileName() + "." + name);
  }

  /** The directory in which the command runs. */
  Path working() {
    return working;
  }

  /** The file that the command has as its standard input. */
  Path input() {
    return input;
  }

  /** Where the command may write how far it is. */
  ProgressFile progress() {
    return Objects.requireNonNull(progress, "the directory is not created yet");
  }

  /**
   * Removes all of it. The directory goes last: for the reaper, an attempt without one has ended.
   */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(input);
      if (progress != null) {
        progress.close();
      }
      confined.remove(working);
    } catch (IOException e) {
      LOG.warn("The working directory {} cannot be removed: {}", working, e.toString());
    }
  }
}
