package dev.ss;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** A package that logs nothing for a while, because it would be too much. */
public final class SilentLog {
  private SilentLog() {}

  /** Logs nothing of the package until the work is done. */
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
