package dev.ss.bench.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Prints the machine, the software and the settings that the figures depend on, as the first table.
 */
final class Circumstances {
  private Circumstances() {}

  static void print(List<String> arguments, Path directory, Optional<PostgresServer> server) {
    System.out.println("| | |\n|---|---|");
    line("command", "bin/bench jobs " + String.join(" ", arguments));
    line("commit", System.getProperty("bench.commit", "?"));
    line(
        "processor",
        "%s, %d cores"
            .formatted(
                first("/proc/cpuinfo", "model name")
                    .map(each -> each.substring(each.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors()));
    line("memory", first("/proc/meminfo", "MemTotal").map(Circumstances::gibibytes).orElse("?"));
    line("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    line("JDK", System.getProperty("java.vm.version"));
    line("SQLite's disk", Disk.of(directory) + ", WAL, synchronous=FULL");
    server.ifPresent(each -> line("PostgreSQL", each.description()));
    line(
        "load before",
        Table.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), 2));
    System.out.flush();
  }

  private static void line(String name, String value) {
    System.out.println("| " + name + " | " + value + " |");
  }

  private static Optional<String> first(String file, String prefix) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines.filter(each -> each.startsWith(prefix)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String gibibytes(String line) {
    return Table.number(Double.parseDouble(line.replaceAll("[^0-9]", "")) / (1 << 20), 1) + " GiB";
  }
}
