package dev.ss.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresStoreTest extends StoreConformance {
  private static PostgresServer server;
  private static DatabaseSettings shared;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
    shared = server.newDatabase();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  public DatabaseSettings emptyDatabase() throws Exception {
    return server.newDatabase();
  }

  /** Creating a database takes longer than most tests do. */
  @Override
  DatabaseSettings databaseForTest() {
    return shared;
  }
}
