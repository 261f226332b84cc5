package dev.ss.store;

import java.time.Duration;

/**
 * How to reach the database and how much of it one process may use.
 *
 * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql:…}
 * @param writers connections for transactions; on SQLite always 1, because it has one writer
 * @param readers connections for queries outside transactions
 * @param connectTimeout for PostgreSQL, of each of its hosts; in seconds, rounded up
 * @param statementTimeout for PostgreSQL, which ends a statement that takes longer; also how long a
 *     thread waits for a free connection, on both databases
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int writers,
    int readers,
    Duration connectTimeout,
    Duration statementTimeout) {

  /** Never the URL, the user or the password: this may end up in a log. */
  @Override
  public String toString() {
    return "DatabaseSettings[writers=" + writers + ", readers=" + readers + "]";
  }
}
