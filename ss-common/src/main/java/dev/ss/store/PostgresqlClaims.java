package dev.ss.store;

import dev.ss.job.Claimed;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** Claims jobs on PostgreSQL. Skips rows that other workers are claiming. */
final class PostgresqlClaims implements ClaimStatements {
  /** The first key of the advisory locks on the limits of job types. */
  private static final int LIMITS = 0x55_1137;

  /**
   * How many more candidates to read than to claim, because other workers may have locked the first
   * ones.
   */
  private static final int LOCKED_BY_OTHERS = 32;

  /**
   * The common table expressions of a {@code with recursive}. {@code level} has the priorities at
   * which a type has queued jobs, from the highest to the lowest; each takes one index lookup.
   * {@code candidate} has the due jobs of each level. {@code claimed} has the jobs that this worker
   * runs from now on.
   *
   * <p>The limits are literals, because the planner would have to guess the value of a parameter.
   * {@code (state = 'queued') is true} keeps the planner from using the index of all queued jobs
   * for rows whose {@code ctid} is known.
   */
  private static final String PARTS =
      """
      offered (job_type, remaining) as (
        select * from unnest(:types, :remaining)),
      level (job_type, remaining, priority) as (
        select job_type, remaining, (
          select max(priority) from jobs
          where state = 'queued' and jobs.job_type = offered.job_type)
        from offered
        union all
        select job_type, remaining, (
          select max(priority) from jobs
          where state = 'queued' and jobs.job_type = level.job_type
            and jobs.priority < level.priority)
        from level where priority is not null),
      candidate (place, priority, run_at) as (
        %1$s),
      claimed as (
        update jobs set state = 'running', attempt = attempt + 1, generation = generation + 1,
          started_at = :now, worker_id = :worker_id, cancel_requested = false,
          progress = null, progress_message = null
        where ctid = any (array(
          select ctid from jobs
          where (state = 'queued') is true and ctid = any (array(
            select place from candidate order by priority desc, run_at limit %2$d))
          order by priority desc, run_at, job_id limit %3$d
          for update skip locked))
        returning %4$s,
          (select input from job_inputs where job_inputs.job_id = jobs.job_id) as input)
      """;

  private static final String CANDIDATES =
      """
      select due.place, due.priority, due.run_at
        from level cross join lateral (
          select ctid as place, priority, run_at from jobs
          where state = 'queued' and jobs.job_type = level.job_type
            and jobs.priority = level.priority and jobs.run_at <= :now
          order by run_at, job_id limit %1$d) due""";

  /**
   * The candidates if the quota of a type is below the limit. The others use {@link #CANDIDATES},
   * because numbering the rows costs as much as finding them.
   */
  private static final String CANDIDATES_WITHIN_QUOTAS =
      """
      select place, priority, run_at from (
          select due.*, level.remaining, row_number() over (
            partition by level.job_type order by due.priority desc, due.run_at) as number
          from level cross join lateral (
            select ctid as place, priority, run_at from jobs
            where state = 'queued' and jobs.job_type = level.job_type
              and jobs.priority = level.priority and jobs.run_at <= :now
            order by run_at, job_id limit %1$d) due) numbered
        where number <= remaining""";

  private final Map<Shape, NamedSql> statements = new ConcurrentHashMap<>();

  /**
   * What the SQL text of a claim depends on.
   *
   * @param withinQuotas whether the quota of a type is below the limit
   */
  record Shape(int limit, boolean withinQuotas) {
    static Shape of(Claim claim) {
      return new Shape(
          claim.limit(),
          claim.quotas().stream().anyMatch(quota -> quota.remaining() < claim.limit()));
    }
  }

  /** Always true, because a claim that finds no jobs locks none. */
  @Override
  public boolean mayFind(Database database, ClaimableTypes types, Instant now) {
    return true;
  }

  @Override
  public Set<String> lockLimited(Handle handle, Set<String> jobTypes) {
    return handle
        .createQuery(
            """
            select job_type from unnest(:types) as limited (job_type)
            where pg_try_advisory_xact_lock(:limits, hashtext(job_type))
            """)
        .bindArray("types", String.class, jobTypes.toArray())
        .bind("limits", LIMITS)
        .mapTo(String.class)
        .set();
  }

  @Override
  public List<Claimed> claim(Handle handle, Claim claim) {
    return statements
        .computeIfAbsent(
            Shape.of(claim),
            shape -> NamedSql.of("with recursive " + parts(shape) + "select * from claimed"))
        .list(handle, values(claim), JobRows::claimed);
  }

  static Map<String, Argument> values(Claim claim) {
    Object[] types = claim.quotas().stream().map(PickQuota::jobType).toArray();
    Object[] remaining = claim.quotas().stream().map(PickQuota::remaining).toArray();
    Timestamp now = Timestamp.from(claim.now());
    return Map.of(
        "types",
        NamedSql.array("text", types),
        "remaining",
        NamedSql.array("int4", remaining),
        "now",
        (position, statement, context) -> statement.setTimestamp(position, now),
        "worker_id",
        (position, statement, context) -> statement.setString(position, claim.workerId()));
  }

  static String parts(Shape shape) {
    int seen = shape.limit() + LOCKED_BY_OTHERS;
    String candidates =
        Sql.with(shape.withinQuotas() ? CANDIDATES_WITHIN_QUOTAS : CANDIDATES, seen);
    return Sql.with(PARTS, candidates, seen, shape.limit(), JobRows.ATTEMPT_COLUMNS);
  }
}
