package dev.ss;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** What a package logs in the meantime. */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  private CapturedLog(Logger logger) {
    this.logger = logger;
    appender.start();
    logger.addAppender(appender);
  }

  /** Begins to listen. */
  public static CapturedLog of(Package source) {
    return new CapturedLog((Logger) LoggerFactory.getLogger(source.getName()));
  }

  /** The messages until now, each with its level in front. */
  public List<String> messages() {
    return List.copyOf(appender.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** The traces that were logged until now. */
  public List<String> traces() {
    return List.copyOf(appender.list).stream()
        .map(ILoggingEvent::getThrowableProxy)
        .filter(Objects::nonNull)
        .map(ThrowableProxyUtil::asString)
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
