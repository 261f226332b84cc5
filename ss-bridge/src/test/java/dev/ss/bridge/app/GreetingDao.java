package dev.ss.bridge.app;

import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Greetings in a table. */
public interface GreetingDao {
  /** Creates the table. */
  @SqlUpdate("CREATE TABLE greetings (text TEXT NOT NULL)")
  void createTable();

  /** Keeps a greeting. */
  @SqlUpdate("INSERT INTO greetings (text) VALUES (:text)")
  void insert(String text);

  /** How many there are. */
  @SqlQuery("SELECT count(*) FROM greetings")
  int count();
}
