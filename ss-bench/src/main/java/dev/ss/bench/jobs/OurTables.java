package dev.ss.bench.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/** Direct access to SS's tables, for operations that clients do not have. */
final class OurTables {
  /** The id of the n-th kept job: a UUID of version 7 that is older than any real one. */
  private static final String KEPT_ID = "'00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')";

  private static final List<String> KEEP =
      List.of(
          """
          insert into jobs (job_id, job_type, state, attempt, generation, max_attempts, priority,
            created_at, due_at, run_at, started_at, finished_at, exit_code, worker_id)
          select %s, '%s', 'succeeded', 1, 1, 3, 0, t, t, t, t, t, 0, 'bench'
          from generate_series(1, ?) n, (select now() - interval '1 hour' as t) ended
          """
              .formatted(KEPT_ID, OurApi.JOB_TYPE),
          """
          insert into job_inputs (job_id, input)
          select %s, convert_to('a few words that a command would count', 'UTF8')
          from generate_series(1, ?) n
          """
              .formatted(KEPT_ID),
          """
          insert into job_attempts (job_id, run, attempt, outcome, output, log)
          select %s, 1, 1, 'succeeded', '7', '' from generate_series(1, ?) n
          """
              .formatted(KEPT_ID));

  private final Storage.Place place;
  private final Stock stock;

  OurTables(Storage.Place place) {
    this.place = place;
    this.stock = new Stock(place);
  }

  /** Copies a queued job and its input so many times. */
  void multiplyQueued(UUID job, int count) {
    String id = job.toString();
    IntFunction<String> copyId = Stock.after(job);
    stock.multiply(
        count,
        List.of(
            new Stock.Copies("jobs", "job_id", id, copyId),
            new Stock.Copies("job_inputs", "job_id", id, copyId)));
  }

  /** Adds so many jobs that succeeded an hour ago, with inputs and outputs. PostgreSQL only. */
  void keepSucceeded(int count) {
    try (Connection connection = place.connect();
        Statement settings = connection.createStatement()) {
      settings.execute("set session_replication_role = replica"); // skips foreign-key checks
      for (String sql : KEEP) {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
          insert.setInt(1, count);
          insert.execute();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long unfinished() {
    return stock.count("jobs", "state in ('queued', 'running')");
  }

  long succeeded() {
    return stock.count("jobs", "state = 'succeeded'");
  }

  /** Returns the job that half of all jobs are older than. */
  UUID middle() {
    return UUID.fromString(stock.middle("jobs", "job_id"));
  }

  /** Returns the seconds from the first job's start to the last job's end. PostgreSQL only. */
  double secondsOfWork() {
    return Double.parseDouble(
        stock.one("select extract(epoch from max(finished_at) - min(started_at)) from jobs"));
  }
}
