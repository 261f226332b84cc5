package dev.ss.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Explains by SQLState why PostgreSQL cannot be used (PostgreSQL manual, appendix A). */
final class PostgresReasons {
  private static final Set<String> CONNECTING = Set.of("08", "28", "3D");
  private static final int CLASS = 2;

  private PostgresReasons() {}

  /** Returns the reason; empty if the failure is a defect of SS. */
  static Optional<String> of(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.length() < CLASS
        ? Optional.empty()
        : reason(state)
            .or(() -> reasonOfClass(classOf(state)))
            .map(reason -> "%s (SQLState %s)".formatted(reason, state));
  }

  /** Whether the connection itself failed. The message may then quote the URL. */
  static boolean isConnecting(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.length() >= CLASS && CONNECTING.contains(classOf(state));
  }

  private static String classOf(String state) {
    return state.substring(0, CLASS);
  }

  private static Optional<String> reason(String state) {
    return Optional.ofNullable(
        switch (state) {
          case "25006" -> "the server takes no writes";
          case "25P03" -> "the server ended a transaction that stood still";
          case "53100" -> "the server's disk is full";
          case "53200" -> "the server has no memory left";
          case "53300" -> "the server has no connection left";
          case "55P03" -> "somebody else holds a lock for too long";
          case "57014" -> "a statement took longer than database.statementTimeout";
          case "57P01", "57P02", "57P03" -> "the server is stopping or starting";
          case "XX001", "XX002" -> "the server has found its files damaged";
          default -> null;
        });
  }

  private static Optional<String> reasonOfClass(String stateClass) {
    return Optional.ofNullable(
        switch (stateClass) {
          case "08" -> "nothing answers there";
          case "28" -> "user or password are refused";
          case "3D" -> "the server has no database of that name";
          case "40" -> "other transactions came in between, again and again";
          case "53" -> "the server is short of something it needs";
          case "57" -> "the server has ended the statement or the connection";
          case "58" -> "the server cannot use its files";
          default -> null;
        });
  }
}
