package dev.ss.testkit.unit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Collects what is logged until it is closed. */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          events.add(event);
        }
      };

  private CapturedLog(String logger) {
    this.logger = (Logger) LoggerFactory.getLogger(logger);
    appender.setContext(this.logger.getLoggerContext());
    appender.start();
    this.logger.addAppender(appender);
  }

  /** Captures the log of a package and those below it. */
  public static CapturedLog of(Package source) {
    return new CapturedLog(source.getName());
  }

  /** Captures what is logged to this logger. */
  public static CapturedLog ofLogger(String name) {
    return new CapturedLog(name);
  }

  /** Captures the log of the whole JVM. */
  public static CapturedLog ofEverything() {
    return new CapturedLog(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Returns the messages, each with its level in front. */
  public List<String> messages() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** Returns the stack traces. */
  public List<String> traces() {
    return events.stream().map(CapturedLog::trace).filter(Objects::nonNull).toList();
  }

  /** Returns how many messages have this level. */
  public long count(Level level) {
    return events.stream().filter(event -> event.getLevel() == level).count();
  }

  /** Returns everything that a layout could show, a message with its trace after another. */
  public String text() {
    return events.stream().map(CapturedLog::line).collect(Collectors.joining("\n"));
  }

  private static String line(ILoggingEvent event) {
    return String.join(
        " ",
        event.getLevel().toString(),
        event.getThreadName(),
        event.getLoggerName(),
        event.getFormattedMessage(),
        event.getMDCPropertyMap().toString(),
        Objects.requireNonNullElse(trace(event), ""));
  }

  private static @Nullable String trace(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? null
        : ThrowableProxyUtil.asString(event.getThrowableProxy());
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
