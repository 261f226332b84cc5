package dev.ss.testkit.unit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Switches off a package's log while a test causes thousands of warnings. */
public final class SilentLog {
  private SilentLog() {}

  /** Runs the work with the package's log switched off. */
  public static void during(Package source, Runnable work) {
    Logger logger = (Logger) LoggerFactory.getLogger(source.getName());
    Level before = logger.getLevel();
    logger.setLevel(Level.OFF);
    try {
      work.run();
    } finally {
      logger.setLevel(before);
    }
  }
}
