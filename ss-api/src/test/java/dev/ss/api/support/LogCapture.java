package dev.ss.api.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What the process logs while this is open, with everything a layout could show of it. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

  private LogCapture() {}

  public static LogCapture open() {
    LogCapture capture = new LogCapture();
    capture.setContext(root().getLoggerContext());
    capture.start();
    root().addAppender(capture);
    return capture;
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    events.add(event);
  }

  public String text() {
    return events.stream().map(LogCapture::line).collect(Collectors.joining("\n"));
  }

  /** How many have this level. */
  public long count(Level level) {
    return events.stream().filter(event -> event.getLevel() == level).count();
  }

  @Override
  public void close() {
    root().detachAppender(this);
    stop();
  }

  private static String line(ILoggingEvent event) {
    return String.join(
        " ",
        event.getLevel().toString(),
        event.getThreadName(),
        event.getLoggerName(),
        event.getFormattedMessage(),
        event.getMDCPropertyMap().toString(),
        event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
