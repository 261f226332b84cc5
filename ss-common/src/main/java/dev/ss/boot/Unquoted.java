package dev.ss.boot;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A failure for the log: the classes and stack traces of a failure and its causes, without their
 * messages. A message may quote what a client sent: Jersey's quote headers, PostgreSQL's quote the
 * values of a row.
 */
public final class Unquoted extends Throwable {
  private static final long serialVersionUID = 1L;

  private Unquoted(Throwable failure, @Nullable Throwable cause) {
    super(text(failure), cause, false, true);
    setStackTrace(failure.getStackTrace());
  }

  /** Copies a failure with its causes. */
  public static Throwable of(Throwable failure) {
    return of(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Unquoted of(Throwable failure, Set<Throwable> seen) {
    seen.add(failure);
    Throwable cause = failure.getCause();
    return new Unquoted(failure, cause == null || seen.contains(cause) ? null : of(cause, seen));
  }

  private static String text(Throwable failure) {
    String name = failure.getClass().getName();
    if (failure instanceof SQLException sql) {
      return "%s (SQLState %s, code %d)".formatted(name, sql.getSQLState(), sql.getErrorCode());
    }
    return namesOnlyCode(failure) ? name + ": " + failure.getMessage() : name;
  }

  /** The JVM's own messages of these have names of classes, methods and variables. */
  private static boolean namesOnlyCode(Throwable failure) {
    return failure.getClass() == NullPointerException.class
        || failure.getClass() == ClassCastException.class;
  }

  /** What a log has above the stack trace. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // the name of this class would say nothing
  public String toString() {
    return String.valueOf(getMessage());
  }
}
