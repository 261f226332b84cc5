package dev.ss.boot;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when the virtual machine has failed, as after an {@link OutOfMemoryError}:
 * threads may have died of it that nobody will miss until their work is. {@code
 * -XX:+ExitOnOutOfMemoryError} does the same sooner, where it is given.
 *
 * <p>A {@link StackOverflowError} does not: it ends what one thread was at, and leaves nothing
 * behind. Otherwise a request that recurses deeply would take the process with it.
 */
public final class FatalErrors {
  /** What {@code -XX:+ExitOnOutOfMemoryError} ends the process with. */
  static final int EXIT_CODE = 3;

  /** Longer chains of causes are loops. */
  private static final int MOST_CAUSES = 50;

  // Made while there is memory for it.
  private static final byte[] LAST_WORDS =
      "SS ends: the Java virtual machine is out of memory or broken (exit code 3).\n"
          .getBytes(StandardCharsets.UTF_8);

  private FatalErrors() {}

  /**
   * Has the process end on every such error that a thread dies of, or that somebody logs: servers
   * and pools catch everything, and go on.
   */
  static void endTheProcess() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfFatal(failure);
          LoggerFactory.getLogger(FatalErrors.class)
              .error("The thread {} has ended by a defect.", thread.getName(), failure);
        });
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    LoggedErrors logged = new LoggedErrors();
    logged.setContext(root.getLoggerContext());
    logged.start();
    root.addAppender(logged);
  }

  /** Whoever catches a {@link Throwable} asks this first. Does not return if it is fatal. */
  public static void endIfFatal(Throwable failure) {
    if (isFatal(failure)) {
      try (FileOutputStream standardError = new FileOutputStream(FileDescriptor.err)) {
        standardError.write(LAST_WORDS);
      } catch (IOException nobodyListens) {
        // the exit code says it
      } finally {
        // Not exit: what would run then needs memory, and locks that somebody may hold.
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }

  static boolean isFatal(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static final class LoggedErrors extends UnsynchronizedAppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
        endIfFatal(thrown.getThrowable());
      }
    }
  }
}
