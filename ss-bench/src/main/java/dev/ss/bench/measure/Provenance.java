package dev.ss.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where figures come from: the command that measured them, the commit, and the machine. */
public final class Provenance {
  private static final String UNKNOWN = "not known";

  private Provenance() {}

  /** Returns the command line. */
  public static String command() {
    return System.getProperty("bench.command", UNKNOWN);
  }

  /** Returns the commit that was measured. */
  public static String commit() {
    return System.getProperty("bench.commit", UNKNOWN);
  }

  /** Returns the processor's model and the number of its cores. */
  public static String processor() {
    return "%s, %d cores"
        .formatted(
            after("/proc/cpuinfo", "model name", ":"), Runtime.getRuntime().availableProcessors());
  }

  /** Returns the size of the machine's memory. */
  public static String memory() {
    String kibibytes = after("/proc/meminfo", "MemTotal", ":").replaceAll("\\D", "");
    return kibibytes.isEmpty()
        ? UNKNOWN
        : Table.number(Double.parseDouble(kibibytes) / (1 << 20), 1) + " GiB";
  }

  /** Returns the distribution. */
  public static String distribution() {
    return after("/etc/os-release", "PRETTY_NAME", "=");
  }

  /** Returns the kernel's name and version. */
  public static String kernel() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version");
  }

  /** Returns the version of the JDK. */
  public static String jdk() {
    return System.getProperty("java.vm.version") + ", " + System.getProperty("java.vm.name");
  }

  /** Returns the load average of the last minute. */
  public static String loadAverage() {
    return Table.number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), 2);
  }

  private static String after(String file, String key, String separator) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(separator) + 1).strip().replace("\"", ""))
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException notLinux) {
      return UNKNOWN;
    }
  }
}
