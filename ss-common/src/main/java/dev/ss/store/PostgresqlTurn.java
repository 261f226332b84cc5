package dev.ss.store;

import dev.ss.job.Claimed;
import dev.ss.job.JobState;
import dev.ss.store.ClaimStatements.Claim;
import dev.ss.store.EndStatements.End;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * One statement, which commits by itself: one way to the server and back, where a transaction of
 * two takes three. Both halves see the queue as it was before; they change different jobs.
 */
final class PostgresqlTurn implements TurnStatements {
  private static final String RESULT =
      """
      select job_id, state as new_state, null as job_type, null as generation, null as attempt,
        null as max_attempts, null as submitted_at, null as run_at, null as started_at,
        null as traceparent, null as input
      from written
      union all
      select job_id, null, job_type, generation, attempt, max_attempts, submitted_at, run_at,
        started_at, traceparent, input
      from claimed
      """;

  @Override
  public Done turn(Database database, List<End> ends, Claim claim) {
    String sql =
        "with recursive " + PostgresqlEnds.PARTS + ", " + PostgresqlClaims.parts(claim) + RESULT;
    return database.inOneStatement(
        handle -> {
          Query query = handle.createQuery(sql);
          return done(PostgresqlClaims.bind(PostgresqlEnds.bind(query, ends), claim));
        });
  }

  private static Done done(Query query) {
    Map<UUID, JobState> states = new HashMap<>();
    List<Claimed> claimed = new ArrayList<>();
    query
        .map(
            (row, context) -> {
              String state = row.getString("new_state");
              if (state == null) {
                claimed.add(JobRows.claimed(row, context));
              } else {
                states.put(
                    UUID.fromString(row.getString("job_id")),
                    JobState.ofWireName(state).orElseThrow());
              }
              return state;
            })
        .list();
    return new Done(states, claimed);
  }
}
