package dev.ss.store;

import dev.ss.job.Claimed;
import dev.ss.job.JobState;
import dev.ss.store.ClaimStatements.Claim;
import dev.ss.store.EndStatements.End;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Stores ends and claims jobs in one statement, which commits by itself. This takes one round trip
 * to the server; a transaction of two statements takes three. Both halves of the statement see the
 * queue as it was before, and they change different jobs.
 */
final class PostgresqlTurn implements TurnStatements {
  private static final String RESULT =
      """
      select job_id, state as new_state, null as job_type, null as generation, null as attempt,
        null as max_attempts, null as due_at, null as run_at, null as started_at,
        null as traceparent, null as parameters, null as timeout_ms, null as input_size,
        null as input
      from written
      union all
      select job_id, null, job_type, generation, attempt, max_attempts, due_at, run_at,
        started_at, traceparent, parameters, timeout_ms, input_size, input
      from claimed
      """;

  private final ClaimStatements claims;
  private final Map<PostgresqlClaims.Shape, NamedSql> statements = new ConcurrentHashMap<>();

  PostgresqlTurn(ClaimStatements claims) {
    this.claims = claims;
  }

  /** A row of the result: a stored end or a claimed job. */
  private interface Row {
    void addTo(Map<UUID, JobState> states, List<Claimed> claimed);
  }

  @Override
  public Done turn(Database database, List<End> ends, Claim claim) {
    if (ends.isEmpty()) {
      return new Done(Map.of(), database.inOneStatement(handle -> claims.claim(handle, claim)));
    }
    NamedSql statement =
        statements.computeIfAbsent(PostgresqlClaims.Shape.of(claim), PostgresqlTurn::statement);
    Map<String, Argument> values = new HashMap<>(PostgresqlEnds.values(ends));
    values.putAll(PostgresqlClaims.values(claim));
    return done(
        database.inOneStatement(handle -> statement.list(handle, values, PostgresqlTurn::row)));
  }

  private static NamedSql statement(PostgresqlClaims.Shape shape) {
    return NamedSql.of(
        "with recursive " + PostgresqlEnds.PARTS + ", " + PostgresqlClaims.parts(shape) + RESULT);
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    String state = row.getString("new_state");
    if (state == null) {
      Claimed began = JobRows.claimed(row, context);
      return (states, claimed) -> claimed.add(began);
    }
    UUID jobId = UUID.fromString(row.getString("job_id"));
    JobState newState = JobState.ofWireName(state).orElseThrow();
    return (states, claimed) -> states.put(jobId, newState);
  }

  private static Done done(List<Row> rows) {
    Map<UUID, JobState> states = new HashMap<>();
    List<Claimed> claimed = new ArrayList<>();
    rows.forEach(row -> row.addTo(states, claimed));
    return new Done(states, claimed);
  }
}
