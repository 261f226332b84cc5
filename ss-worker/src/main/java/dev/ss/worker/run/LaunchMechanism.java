package dev.ss.worker.run;

import java.util.Properties;

/**
 * How this JVM starts processes on Linux. Its default runs a helper program first, which costs a
 * third of the start of a small command; VFORK does not. JDK 25 warns of VFORK, and later ones have
 * none: they keep their default.
 */
final class LaunchMechanism {
  private static final String PROPERTY = "jdk.lang.Process.launchMechanism";
  private static final int FIRST_TO_WARN = 25;

  private LaunchMechanism() {}

  /**
   * Chooses the cheapest unless the property is set. It is read at the first start of a process.
   */
  static void choose(Properties system, int javaVersion) {
    if (javaVersion < FIRST_TO_WARN && "Linux".equals(system.getProperty("os.name"))) {
      system.putIfAbsent(PROPERTY, "VFORK");
    }
  }
}
