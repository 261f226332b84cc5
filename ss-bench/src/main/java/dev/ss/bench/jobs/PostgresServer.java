package dev.ss.bench.jobs;

import dev.ss.bench.measure.Disk;
import dev.ss.bench.measure.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A separate PostgreSQL server for the benchmark, on a disk, with all settings that make commits
 * durable.
 */
final class PostgresServer implements AutoCloseable {
  static final String USER = "bench";

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

  /** It exists everywhere, every user can write to it, and it is on a disk, unlike /tmp. */
  private static final Path DISK = Path.of("/var/tmp");

  private final Path programs;
  private final Path directory;
  private final boolean root = "root".equals(System.getProperty("user.name"));
  private final int port;

  private PostgresServer() throws IOException {
    programs = newestPrograms();
    directory = Files.createTempDirectory(DISK, "ss-bench-postgresql.");
    port = freePort();
  }

  static PostgresServer start() {
    try {
      PostgresServer server = new PostgresServer();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.begin();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newestPrograms() throws IOException {
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        return versions
            .filter(each -> Files.isExecutable(each.resolve("bin/initdb")))
            .max(Comparator.comparingInt(each -> Integer.parseInt(each.getFileName().toString())))
            .orElseThrow(() -> new IllegalStateException("initdb is missing in " + INSTALLED))
            .resolve("bin");
      }
    }
    throw new IllegalStateException(
        "PostgreSQL is missing: apt-get install postgresql, or say --sqlite");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void begin() throws IOException {
    Disk.demand(directory);
    if (root) { // PostgreSQL refuses to run as root
      Files.setOwner(
          directory,
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName("postgres"));
    }
    run("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C");
    String options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on"
                .formatted(port)
            + " -c synchronous_commit=on -c full_page_writes=on";
    run("pg_ctl", "-D", data(), "-l", directory + "/log", "-w", "start", "-o", options);
  }

  private String data() {
    return directory + "/data";
  }

  /** The JDBC URL of its databases, up to and including the slash before their names. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/";
  }

  /** Returns its version, and the disk that it writes to. */
  String description() {
    String version = run("postgres", "--version").replace("postgres (PostgreSQL) ", "").strip();
    return "%s on %s, fsync, synchronous_commit and full_page_writes on"
        .formatted(version, Disk.of(directory));
  }

  private String run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    try {
      Path output = Files.createTempFile("ss-bench", program);
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int status = process.waitFor();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (status != 0) {
        throw new IllegalStateException(program + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    } catch (IllegalStateException notRunning) {
      // the server never started
    }
    Trees.delete(directory);
  }
}
