package dev.ss.drill.alert;

import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.system.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all drills of one call share.
 *
 * @param directory the directory for everything that is written
 * @param root the project: its jars, and ops/prometheus
 * @param postgres the server with a database for each drill
 * @param stoppable the server with the database of the drill that stops it
 */
record Place(
    Path directory,
    Path root,
    Ports ports,
    HttpClient http,
    TimeScale scale,
    PostgresServer postgres,
    PostgresServer stoppable) {

  /** Creates a directory for this drill. */
  Path directoryOf(String drill) {
    try {
      return Files.createDirectories(directory.resolve(drill));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prepares a monitoring without starting it. */
  Monitoring monitoring(Path own) {
    return new Monitoring(own, root.resolve("ops/prometheus"), scale, ports, http);
  }

  /** Prepares a service on an empty database without starting it. */
  Service service(Path own, PostgresServer server, Monitoring monitoring) {
    String database = "alert_" + own.getFileName();
    server.create(database);
    return new Service(own, root, ports, http, new Storage.Postgres(server, database), monitoring);
  }
}
