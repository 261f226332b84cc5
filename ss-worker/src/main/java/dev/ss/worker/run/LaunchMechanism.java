package dev.ss.worker.run;

import java.util.Properties;

/**
 * Chooses how this JVM starts processes on Linux. The default runs a helper program first, which
 * takes a third of the start of a small command; VFORK does not. JDK 25 warns about VFORK and later
 * versions do not have it, so the default is kept from JDK 25 on.
 */
public final class LaunchMechanism {
  private static final String PROPERTY = "jdk.lang.Process.launchMechanism";
  private static final int FIRST_TO_WARN = 25;

  private LaunchMechanism() {}

  /**
   * Chooses VFORK, unless the property is set. Call it first of all: the JVM reads the property
   * when it starts its first process, and Dropwizard's command line starts one, {@code stty}, to
   * find out how wide the terminal is.
   */
  public static void choose() {
    choose(System.getProperties(), Runtime.version().feature());
  }

  static void choose(Properties system, int javaVersion) {
    if (javaVersion < FIRST_TO_WARN && "Linux".equals(system.getProperty("os.name"))) {
      system.putIfAbsent(PROPERTY, "VFORK");
    }
  }
}
