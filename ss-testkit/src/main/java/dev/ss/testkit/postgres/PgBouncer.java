package dev.ss.testkit.postgres;

import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's PgBouncer in transaction mode, in front of a PostgreSQL on this machine. */
public final class PgBouncer implements AutoCloseable {
  /** The URL options that docs/deploy.md prescribes for PgBouncer. */
  public static final String URL_OPTIONS = "prepareThreshold=0";

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final int port;
  private final ManagedProcess process;

  private PgBouncer(int port, ManagedProcess process) {
    this.port = port;
    this.process = process;
  }

  /** Returns the PgBouncer program, if it is installed. */
  public static Optional<Path> installed() {
    return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts PgBouncer in front of a server, and waits until it listens.
   *
   * @param port the port of PgBouncer
   * @param server the port of the server
   */
  public static PgBouncer start(Path program, Path directory, int port, int server) {
    try {
      Path users = Files.writeString(directory.resolve("pgbouncer.users"), users());
      Path config =
          Files.writeString(
              directory.resolve("pgbouncer.ini"),
              """
              [databases]
              * = host=127.0.0.1 port=%d
              [pgbouncer]
              listen_addr = 127.0.0.1
              listen_port = %d
              unix_socket_dir =
              auth_type = trust
              auth_file = %s
              pool_mode = transaction
              default_pool_size = 20
              max_client_conn = 400
              """
                  .formatted(server, port, users));
      List<String> command = new ArrayList<>();
      if (Shell.isRoot()) {
        // PgBouncer refuses to run as root, as PostgreSQL does.
        command.addAll(List.of("unshare", "-U"));
      }
      command.addAll(List.of(program.toString(), config.toString()));
      Path log = directory.resolve("pgbouncer.log");
      ManagedProcess process = ManagedProcess.start(directory, log, Map.of(), command);
      Waiting.until(() -> "PgBouncer listens", START_LIMIT, () -> listens(port));
      return new PgBouncer(port, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String users() {
    return "\"%s\" \"\"\n".formatted(PostgresServer.USER);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Returns the port on which PgBouncer listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.kill();
  }
}
