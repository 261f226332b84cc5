package dev.ss.drill.alert;

import dev.ss.testkit.place.Ports;
import dev.ss.testkit.place.PostgresServer;
import dev.ss.testkit.place.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where all drills of one call take place.
 *
 * @param directory for everything that is written
 * @param root the project: its jars, and ops/prometheus
 * @param postgres has a database for each drill
 * @param stoppable has that of the drill that stops it
 */
record Place(
    Path directory,
    Path root,
    Ports ports,
    HttpClient http,
    TimeScale scale,
    PostgresServer postgres,
    PostgresServer stoppable) {

  /** A directory of this drill's own. */
  Path directoryOf(String drill) {
    try {
      return Files.createDirectories(directory.resolve(drill));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Yet to be started. */
  Monitoring monitoring(Path own) {
    return new Monitoring(own, root.resolve("ops/prometheus"), scale, ports, http);
  }

  /** Yet to be started, on an empty database. */
  Service service(Path own, PostgresServer server, Monitoring monitoring) {
    String database = "alert_" + own.getFileName();
    server.create(database);
    return new Service(own, root, ports, http, new Storage.Postgres(server, database), monitoring);
  }
}
