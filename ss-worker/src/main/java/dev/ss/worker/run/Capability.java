package dev.ss.worker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** The rights of root that it takes to run commands as other users; see capabilities(7). */
enum Capability {
  CAP_CHOWN(0),
  CAP_DAC_OVERRIDE(1),
  CAP_FOWNER(3),
  CAP_KILL(5),
  CAP_SETGID(6),
  CAP_SETUID(7),
  /** To recognise other users' processes by their environment. */
  CAP_SYS_PTRACE(19);

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String EFFECTIVE = "CapEff:";
  private static final int HEXADECIMAL = 16;

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  /** Those that this process lacks; all of them outside Linux. */
  static Set<Capability> lacking() {
    try {
      return lackingIn(Files.readString(STATUS));
    } catch (IOException notLinux) {
      return EnumSet.allOf(Capability.class);
    }
  }

  /** Those that a process lacks according to its {@code /proc/<pid>/status}. */
  static Set<Capability> lackingIn(String status) {
    long effective =
        status
            .lines()
            .filter(line -> line.startsWith(EFFECTIVE))
            .map(line -> line.substring(EFFECTIVE.length()).strip())
            .mapToLong(bits -> Long.parseUnsignedLong(bits, HEXADECIMAL))
            .findFirst()
            .orElse(0);
    Set<Capability> lacking = EnumSet.allOf(Capability.class);
    lacking.removeIf(capability -> (effective >>> capability.bit & 1) == 1);
    return lacking;
  }
}
