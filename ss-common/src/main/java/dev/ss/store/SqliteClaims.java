package dev.ss.store;

import dev.ss.job.Claimed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Claims jobs on SQLite, where a transaction locks the whole file. */
final class SqliteClaims implements ClaimStatements {
  /**
   * {@code level} has the priorities at which a type has queued jobs, from the highest to the
   * lowest; each takes one index lookup. The query names the index, because SQLite has no
   * statistics and would guess.
   */
  private static final String CANDIDATES =
      """
      with recursive offered (job_type, remaining) as (
        select value ->> '$[0]', value ->> '$[1]' from json_each(:quotas)),
      level (job_type, remaining, priority) as (
        select job_type, remaining, (
          select max(priority) from jobs due indexed by jobs_due
          where state = 'queued' and due.job_type = offered.job_type)
        from offered
        union all
        select job_type, remaining, (
          select max(priority) from jobs due indexed by jobs_due
          where state = 'queued' and due.job_type = level.job_type and due.priority < level.priority)
        from level where priority is not null)
      select id from (
        select candidate.rowid as id, level.priority, run_at, remaining,
          row_number() over (
            partition by level.job_type order by level.priority desc, run_at) as place
        from level join jobs candidate on candidate.rowid in (
          select rowid from jobs due indexed by jobs_due
          where state = 'queued' and due.job_type = level.job_type
            and due.priority = level.priority and due.run_at <= :now
          order by due.run_at, due.job_id limit %1$d))
      where place <= remaining
      order by priority desc, run_at limit %1$d
      """;

  private static final String ANY_CANDIDATE = Sql.with(CANDIDATES, 1);

  private static final String CLAIM =
      """
      update jobs set state = 'running', attempt = attempt + 1, generation = generation + 1,
        started_at = :now, worker_id = :worker_id, cancel_requested = false,
        progress = null, progress_message = null
      where rowid in (%s)
      returning %s,
        (select input from job_inputs where job_inputs.job_id = jobs.job_id) as input
      """;

  /** The claim statements by their limits; formatting one for each claim would take too long. */
  private final Map<Integer, String> claims = new ConcurrentHashMap<>();

  /** Looks for jobs on a read connection, without the write lock that submissions need. */
  @Override
  public boolean mayFind(Database database, ClaimableTypes types, Instant now) {
    return database.read(
        handle -> {
          List<PickQuota> quotas = types.quotas(handle);
          return !quotas.isEmpty() && mayFind(handle, quotas, now);
        });
  }

  private static boolean mayFind(Handle handle, List<PickQuota> quotas, Instant now) {
    return handle
        .createQuery(ANY_CANDIDATE)
        .bind("quotas", json(quotas))
        .bind("now", now)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Set<String> lockLimited(Handle handle, Set<String> jobTypes) {
    return jobTypes;
  }

  @Override
  public List<Claimed> claim(Handle handle, Claim claim) {
    return handle
        .createQuery(claims.computeIfAbsent(claim.limit(), SqliteClaims::claimOf))
        .bind("quotas", json(claim.quotas()))
        .bind("now", claim.now())
        .bind("worker_id", claim.workerId())
        .map(JobRows::claimed)
        .list();
  }

  private static String claimOf(int limit) {
    return Sql.with(CLAIM, Sql.with(CANDIDATES, limit), JobRows.ATTEMPT_COLUMNS);
  }

  /** Formats the quotas. The names of job types need no escaping. */
  private static String json(List<PickQuota> quotas) {
    return quotas.stream()
        .map(quota -> "[\"" + quota.jobType() + "\"," + quota.remaining() + "]")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
