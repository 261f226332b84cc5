package dev.ss.store;

import dev.ss.job.NewJob;
import dev.ss.job.Schedule;
import dev.ss.job.ScheduleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The table of schedules, through which all APIs agree which due moments have been dealt with.
 * Thread-safe.
 */
public final class Schedules {
  private static final String ANNOUNCE =
      """
      insert into schedules (name, cron, zone, settled_until) values (:name, :cron, :zone, :now)
      on conflict (name) do update set cron = excluded.cron, zone = excluded.zone,
        settled_until = case when schedules.settled_until > excluded.settled_until
          then schedules.settled_until else excluded.settled_until end
      where schedules.cron <> excluded.cron or schedules.zone <> excluded.zone
      """;

  private static final String ALL =
      """
      select name, cron, zone, settled_until, last_due_at, last_job_id, missed, last_missed_at,
        last_success_at,
        (select finished_at from jobs
          where jobs.schedule = schedules.name and jobs.state = 'succeeded'
          order by finished_at desc limit 1) as newest_success_at
      from schedules
      """;

  private static final String SETTLE =
      """
      update schedules set settled_until = :until, last_due_at = :last_due_at,
        last_job_id = :last_job_id, missed = :missed, last_missed_at = :last_missed_at
      where name = :name and cron = :cron and zone = :zone and settled_until = :seen_until
      """;

  private static final String SUCCEEDED =
      """
      update schedules set last_success_at = :at
      where name = :name and (last_success_at is null or last_success_at < :at)
      """;

  private final Database database;

  public Schedules(Database database) {
    this.database = database;
  }

  /**
   * What becomes of due moments.
   *
   * @param until the last of them
   * @param jobs a job for each that gets one, in the order of the moments
   * @param missed how many get none
   */
  public record Settlement(Instant until, List<NewJob> jobs, long missed) {
    public Settlement {
      jobs = List.copyOf(jobs);
    }
  }

  /**
   * Puts an API's schedules in force when it starts. A new or changed schedule is due from now on.
   * One that the API does not have is forgotten.
   */
  public void announce(List<Schedule> schedules, Instant now) {
    database.inTransaction(
        handle -> {
          forgetOthers(handle, schedules.stream().map(Schedule::name).toList());
          return putInForce(handle, schedules, now);
        });
  }

  private static void forgetOthers(Handle handle, List<String> names) {
    // SQL has no empty list.
    List<String> kept = new ArrayList<>(names);
    kept.add("");
    handle
        .createUpdate("delete from schedules where name not in (<names>)")
        .bindList("names", kept)
        .execute();
  }

  /** In the order of the names, so that the transactions of two APIs cannot deadlock. */
  private static int[] putInForce(Handle handle, List<Schedule> schedules, Instant now) {
    if (schedules.isEmpty()) {
      return new int[0];
    }
    PreparedBatch batch = handle.prepareBatch(ANNOUNCE);
    schedules.stream()
        .sorted(Comparator.comparing(Schedule::name))
        .forEach(
            schedule ->
                batch
                    .bind("name", schedule.name())
                    .bind("cron", schedule.timetable().cron())
                    .bind("zone", schedule.timetable().zone().getId())
                    .bind("now", now)
                    .add());
    return batch.execute();
  }

  /** Returns how far each schedule has come, by name. */
  public Map<String, ScheduleState> all() {
    return database.read(
        handle ->
            handle.createQuery(ALL).map(Schedules::state).stream()
                .collect(Collectors.toMap(ScheduleState::name, Function.identity())));
  }

  /**
   * Stores the jobs of due moments, and that these are dealt with, in one transaction; unless
   * another API has been first, or has changed the schedule.
   *
   * @param seen what this API has read, and the settlement follows from
   * @return whether it is this API that has dealt with them
   */
  public boolean settle(ScheduleState seen, Settlement settlement, Instant now) {
    boolean settled =
        database.inTransaction(
            handle -> {
              boolean first = update(handle, seen, settlement, now) == 1;
              if (first) {
                Submissions.insertNew(handle, settlement.jobs());
              }
              return first;
            });
    if (settled) {
      settlement.jobs().stream()
          .map(NewJob::jobType)
          .distinct()
          .forEach(database.wakeUps()::queued);
    }
    return settled;
  }

  private static int update(Handle handle, ScheduleState seen, Settlement settlement, Instant now) {
    Optional<NewJob> last = settlement.jobs().stream().reduce((a, b) -> b);
    return handle
        .createUpdate(SETTLE)
        .bind("name", seen.name())
        .bind("cron", seen.cron())
        .bind("zone", seen.zone())
        .bind("seen_until", seen.settledUntil())
        .bind("until", settlement.until())
        .bind("last_due_at", last.map(NewJob::runAt).or(seen::lastDueAt).orElse(null))
        .bind(
            "last_job_id",
            last.map(NewJob::id).or(seen::lastJobId).map(UUID::toString).orElse(null))
        .bind("missed", seen.missed() + settlement.missed())
        .bind("last_missed_at", settlement.missed() > 0 ? now : seen.lastMissedAt().orElse(null))
        .execute();
  }

  /** Keeps when jobs of these schedules last succeeded, which outlives the jobs. */
  public void keepLastSuccesses(Map<String, Instant> lastSuccesses) {
    database.inTransaction(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(SUCCEEDED);
          new TreeMap<>(lastSuccesses)
              .forEach((name, at) -> batch.bind("name", name).bind("at", at).add());
          return batch.execute();
        });
  }

  private static ScheduleState state(ResultSet row, StatementContext context) throws SQLException {
    return new ScheduleState(
        row.getString("name"),
        row.getString("cron"),
        row.getString("zone"),
        JobRows.instant(row, "settled_until").orElseThrow(),
        JobRows.instant(row, "last_due_at"),
        Optional.ofNullable(row.getString("last_job_id")).map(UUID::fromString),
        Stream.of(
                JobRows.instant(row, "last_success_at"), JobRows.instant(row, "newest_success_at"))
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder()),
        row.getLong("missed"),
        JobRows.instant(row, "last_missed_at"));
  }
}
