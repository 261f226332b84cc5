package dev.ss.store;

import java.time.Duration;

/**
 * How to connect to the database, and how many connections and how much time one process may use.
 *
 * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql:…}
 * @param writers the number of connections for transactions; on SQLite always 1, because it has one
 *     writer
 * @param readers the number of connections for queries outside transactions
 * @param connectTimeout for PostgreSQL, the time limit for connecting to each of its hosts, rounded
 *     up to seconds
 * @param statementTimeout PostgreSQL cancels a statement that takes longer; on both databases, a
 *     thread also waits this long for a free connection
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int writers,
    int readers,
    Duration connectTimeout,
    Duration statementTimeout) {

  /** Omits the URL, the user and the password, because the result may be logged. */
  @Override
  public String toString() {
    return "DatabaseSettings[writers=" + writers + ", readers=" + readers + "]";
  }
}
