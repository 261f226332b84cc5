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
 * Ends the process after a fatal error of the virtual machine, such as an {@link OutOfMemoryError}.
 * Such an error may have killed threads, which would go unnoticed until their work is missed.
 * {@code -XX:+ExitOnOutOfMemoryError} does the same sooner, if it is set.
 *
 * <p>A {@link StackOverflowError} is not fatal: it ends only what one thread was doing. Otherwise a
 * request that recurses deeply would end the process.
 */
public final class FatalErrors {
  /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
  static final int EXIT_CODE = 3;

  /** Limits the search, because a chain of causes may be circular. */
  private static final int MAX_CAUSES = 50;

  // Created while there is memory for it.
  private static final byte[] LAST_WORDS =
      "SS ends: the Java virtual machine is out of memory or broken (exit code 3).\n"
          .getBytes(StandardCharsets.UTF_8);

  private FatalErrors() {}

  /**
   * Ends the process on every fatal error that ends a thread or that is logged. Servers and thread
   * pools catch such errors, log them and continue.
   */
  static void endTheProcess() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfFatal(failure);
          LoggerFactory.getLogger(FatalErrors.class)
              .error("Thread {} ended with an uncaught exception.", thread.getName(), failure);
        });
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    LoggedErrors logged = new LoggedErrors();
    logged.setContext(root.getLoggerContext());
    logged.start();
    root.addAppender(logged);
  }

  /**
   * Ends the process if the failure is fatal, and does not return then. Code that catches a {@link
   * Throwable} calls this first.
   */
  public static void endIfFatal(Throwable failure) {
    if (isFatal(failure)) {
      try (FileOutputStream standardError = new FileOutputStream(FileDescriptor.err)) {
        standardError.write(LAST_WORDS);
      } catch (IOException nobodyListens) {
        // The exit code still reports the error.
      } finally {
        // Not exit, because shutdown hooks need memory, and locks that other threads may hold.
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }

  static boolean isFatal(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
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
