package dev.ss.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps what clients send, and the database's password, out of what libraries log.
 *
 * <p>Jetty's and Jersey's warnings may quote a request. Jetty's come with their parameters apart
 * from the text, so the text is logged without them. Jersey's are one text, which is left out.
 * Their failures are logged {@link Unquoted}. Below the level of a warning nothing is changed: who
 * sets {@code DEBUG} asks for the details of requests.
 */
final class LibraryLogs extends TurboFilter {
  private static final String JETTY = "org.eclipse.jetty";
  private static final String JERSEY = "org.glassfish.jersey";
  private static final String JERSEY_TEXT =
      "Jersey warns about a request; its words may quote the request, and are left out.";

  /** The thread logs a text that this filter has made. */
  private final ThreadLocal<Boolean> passing = ThreadLocal.withInitial(() -> false);

  /** Restricts the loggers of this process, unless that has been done. */
  static void restrict() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    // Flyway's information includes the URL, which may carry a password.
    context.getLogger("org.flywaydb").setLevel(Level.WARN);
    List<TurboFilter> filters = context.getTurboFilterList();
    if (filters.stream().noneMatch(LibraryLogs.class::isInstance)) {
      context.addTurboFilter(new LibraryLogs());
    }
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable failure) {
    boolean jersey = logger.getName().startsWith(JERSEY);
    if (format == null // asks only whether the level is enabled
        || passing.get()
        || !level.isGreaterOrEqual(Level.WARN)
        || !(jersey || logger.getName().startsWith(JETTY))
        || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL;
    }
    log(logger, level, jersey ? JERSEY_TEXT : format, thrown(parameters, failure));
    return FilterReply.DENY;
  }

  private void log(Logger logger, Level level, String text, @Nullable Throwable failure) {
    passing.set(true);
    try {
      logger.log(
          null,
          Logger.FQCN,
          Level.toLocationAwareLoggerInteger(level),
          text,
          null,
          failure == null ? null : Unquoted.of(failure));
    } finally {
      passing.remove();
    }
  }

  /** SLF4J takes a failure for the last parameter too. */
  private static @Nullable Throwable thrown(
      Object @Nullable [] parameters, @Nullable Throwable failure) {
    return failure == null
            && parameters != null
            && parameters.length > 0
            && parameters[parameters.length - 1] instanceof Throwable last
        ? last
        : failure;
  }
}
