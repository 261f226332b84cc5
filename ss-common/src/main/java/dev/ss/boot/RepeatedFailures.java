package dev.ss.boot;

import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.KeptStatements;
import io.dropwizard.lifecycle.Managed;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs failures of which there may be hundreds a second. Logs the first of each kind at once, and
 * the number of further ones when it is told to sum up. The first of a defect is logged with its
 * stack trace; an unavailable database is logged without one.
 */
public final class RepeatedFailures implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatedFailures.class);
  private static final String OURS = "dev.ss.";

  private final String one;
  private final String many;

  /**
   * The number of further failures since the last summary, by kind. Contains each kind that has
   * been logged.
   */
  private final Map<Kind, Integer> moreOfKind = new HashMap<>();

  /**
   * Logs the failures of one type of work.
   *
   * @param one names one unit of work, as {@code A request}
   * @param many names several of them, as {@code requests}
   */
  public RepeatedFailures(String one, String many) {
    this.one = one;
    this.many = many;
  }

  /** What failures must have in common to be summed up together. */
  private record Kind(boolean unavailable, String what) {
    static Kind of(Throwable failure) {
      if (failure instanceof DatabaseUnavailableException unavailable) {
        return new Kind(true, unavailable.getMessage());
      }
      Throwable root = failure;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      return new Kind(false, root.getClass().getName() + code(root) + place(root));
    }

    private static String code(Throwable failure) {
      return failure instanceof SQLException sql
          ? " (SQLState %s, code %s)".formatted(sql.getSQLState(), sql.getErrorCode())
          : "";
    }

    /**
     * Skips {@link KeptStatements}: it prepares every statement, so it does not tell them apart.
     */
    private static String place(Throwable failure) {
      return Stream.of(failure.getStackTrace())
          .filter(frame -> frame.getClassName().startsWith(OURS))
          .filter(frame -> !frame.getClassName().equals(KeptStatements.class.getName()))
          .findFirst()
          .map(frame -> " at " + frame)
          .orElse("");
    }
  }

  /** Logs or counts a failure: a {@link DatabaseUnavailableException} or a defect. */
  public synchronized void failed(Throwable failure) {
    Kind kind = Kind.of(failure);
    if (moreOfKind.containsKey(kind)) {
      moreOfKind.merge(kind, 1, Integer::sum);
      return;
    }
    moreOfKind.put(kind, 0);
    if (kind.unavailable()) {
      LOG.warn("{} failed because of the database: {}", one, kind.what());
    } else {
      LOG.error("{} failed.", one, Unquoted.of(failure));
    }
  }

  /** Logs how many further failures there were since the last call. */
  public synchronized void sumUp() {
    moreOfKind.forEach(this::logMore);
    moreOfKind.values().removeIf(more -> more == 0);
    moreOfKind.replaceAll((kind, more) -> 0);
  }

  private void logMore(Kind kind, int more) {
    if (more > 0 && kind.unavailable()) {
      LOG.warn("{} more {} failed because of the database: {}", more, many, kind.what());
    } else if (more > 0) {
      LOG.error("{} more {} failed with the same error: {}", more, many, kind.what());
    }
  }

  /** Sums up what is left when the process stops. */
  @Override
  public void stop() {
    sumUp();
  }
}
