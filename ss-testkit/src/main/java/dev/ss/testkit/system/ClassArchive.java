package dev.ss.testkit.system;

import dev.ss.testkit.process.Ports;
import dev.ss.testkit.system.SsProcess.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * The JVM's archive of the classes that an SS process loads (JEP 350), beside the process's jar. A
 * process that has it starts with half of the processor time, and the tests start some two hundred.
 * The first test that needs the archive writes it, once for each build and each version of Java.
 */
final class ClassArchive {
  private static final Object TURN = new Object();

  private final Kind kind;
  private final Path repository;
  private final Path jar;
  private final Path file;

  ClassArchive(Kind kind, Path repository) {
    this.kind = kind;
    this.repository = repository;
    this.jar = kind.jar(repository);
    this.file = jar.resolveSibling("classes-" + Runtime.version() + ".jsa");
  }

  /** Returns the archive; writes it first if it is missing or older than the jar. */
  Path upToDate() {
    Path lock = jar.resolveSibling("classes.lock");
    synchronized (TURN) { // A JVM has a file's lock only once.
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !isUpToDate()) {
          Files.deleteIfExists(file);
          write();
        }
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private boolean isUpToDate() throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) >= 0;
  }

  /** Starts the process as a newcomer does, in a directory of its own, and stops it. */
  private void write() throws IOException {
    Path directory = Files.createTempDirectory(jar.getParent(), "archiving");
    Files.copy(repository.resolve("config.yml"), directory.resolve("config.yml"));
    int port = new Ports().free();
    SsProcess process =
        SsProcess.start(
            kind,
            "archiving",
            port,
            directory,
            kind.command(jar, List.of("-XX:ArchiveClassesAtExit=" + file)),
            Map.of(
                "SS_API_PORT", Integer.toString(port),
                "SS_WORKER_METRICS_PORT", Integer.toString(port)),
            HttpClient.newHttpClient());
    process.awaitUp();
    process.scrape();
    process.terminate();
  }
}
