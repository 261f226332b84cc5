package dev.ss.store;

import org.apache.tomcat.jdbc.pool.DataSourceProxy;

/** A pool of connections to the database, and how they are used at the moment. */
public final class ConnectionPool {
  private final String name;
  private final DataSourceProxy pool;

  ConnectionPool(String name, DataSourceProxy pool) {
    this.name = name;
    this.pool = pool;
  }

  /** What the connections are for: {@code read}, {@code write}, or {@code main} for both. */
  public String name() {
    return name;
  }

  /** The number of connections in use. */
  public int active() {
    return pool.getActive();
  }

  /** The number of open connections that are not in use. */
  public int idle() {
    return pool.getIdle();
  }

  /** How many connections the pool may open. */
  public int max() {
    return pool.getMaxActive();
  }

  /** The number of threads that wait for a connection. */
  public int waiting() {
    return pool.getWaitCount();
  }
}
