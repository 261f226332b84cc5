package dev.ss.worker.run;

import dev.ss.job.Attempt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The working directory of one attempt; it is empty when the command starts. The file with the
 * input lies beside it. No two attempts have the same directory, so it identifies the attempt's
 * processes; see {@link Marks}.
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

  private AttemptDirectory(Path working, Confined confined) {
    this.working = working;
    this.confined = confined;
    this.input = working.resolveSibling(working.getFileName() + ".input");
  }

  /** Creates the directory below {@code parent}, stores the input, and hands both over. */
  static AttemptDirectory create(Path parent, Attempt attempt, byte[] input, Confined confined)
      throws IOException {
    // The id comes last, so that no directory's path is the beginning of another's.
    AttemptDirectory directory =
        new AttemptDirectory(
            parent.resolve(attempt.generation() + "." + attempt.jobId()), confined);
    directory.create();
    directory.store(input);
    confined.own(directory.working);
    confined.own(directory.input);
    return directory;
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

  private void store(byte[] bytes) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(input, TO_WRITE, OWNERS_FILE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        file.write(left);
      }
    }
  }

  /** The directory in which the command runs. */
  Path working() {
    return working;
  }

  /** The file that the command has as its standard input. */
  Path input() {
    return input;
  }

  /** Removes both. The directory goes last: for the reaper, an attempt without one has ended. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(input);
      confined.remove(working);
    } catch (IOException e) {
      LOG.warn("The working directory {} cannot be removed: {}", working, e.toString());
    }
  }
}
