package dev.ss.bench.jobs;

import dev.ss.bench.measure.Disk;
import dev.ss.bench.measure.Provenance;
import dev.ss.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Prints the machine, the software and the settings that the figures depend on, as the first table.
 */
final class Circumstances {
  private Circumstances() {}

  static void print(Path directory, Optional<PostgresServer> server) {
    System.out.println("| | |\n|---|---|");
    line("command", Provenance.command());
    line("commit", Provenance.commit());
    line("processor", Provenance.processor());
    line("memory", Provenance.memory());
    line("kernel", Provenance.kernel());
    line("JDK", Provenance.jdk());
    line("SQLite's disk", Disk.of(directory) + ", WAL, synchronous=FULL");
    server.ifPresent(each -> line("PostgreSQL", description(each, directory)));
    line("load before", Provenance.loadAverage());
    System.out.flush();
  }

  private static String description(PostgresServer server, Path directory) {
    return "%s on %s, fsync, synchronous_commit and full_page_writes on"
        .formatted(server.query("show server_version"), Disk.of(directory));
  }

  private static void line(String name, String value) {
    System.out.println("| " + name + " | " + value + " |");
  }
}
