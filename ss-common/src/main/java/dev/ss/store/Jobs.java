package dev.ss.store;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.RunningJob;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** Reads jobs. */
public final class Jobs {
  private final Database database;

  public Jobs(Database database) {
    this.database = database;
  }

  /**
   * Selects the jobs to list. The newest come first.
   *
   * @param before only jobs that were created before this one
   */
  public record Filter(
      Optional<JobState> state, Optional<String> jobType, Optional<UUID> before, int limit) {}

  /** Finds a job by its id. */
  public Optional<Job> find(UUID jobId) {
    return database.read(handle -> JobRows.find(handle, jobId));
  }

  /** Finds these jobs with one query, by id; those that are not there are left out. */
  public Map<UUID, Job> findAll(Collection<UUID> jobIds) {
    return jobIds.isEmpty()
        ? Map.of()
        : database.read(handle -> JobRows.findAll(handle, jobIds)).stream()
            .collect(Collectors.toMap(Job::id, Function.identity()));
  }

  /**
   * Lists a page of jobs. The page ends at a job id, not at an offset, so new jobs do not shift the
   * pages that follow.
   */
  public List<Job> list(Filter filter) {
    return database.readPlannedForValues(
        handle -> {
          Query query = handle.createQuery(pageSql(filter)).bind("limit", filter.limit());
          filter.state().ifPresent(state -> query.bind("state", state.wireName()));
          filter.jobType().ifPresent(type -> query.bind("job_type", type));
          filter.before().ifPresent(id -> query.bind("before", id.toString()));
          return query.map(JobRows::job).list();
        });
  }

  /** Jobs of one type in any state are selected state by state, because the index is ordered so. */
  private static String pageSql(Filter filter) {
    String before = filter.before().isPresent() ? " and job_id < :before" : "";
    if (filter.jobType().isEmpty()) {
      return pageSql(filter.state().map(state -> "state = :state").orElse("true") + before);
    }
    if (filter.state().isPresent()) {
      return pageSql("job_type = :job_type and state = :state" + before);
    }
    return Arrays.stream(JobState.values())
        .map(state -> "job_type = :job_type and state = '" + state.wireName() + "'" + before)
        .map(condition -> "select * from (" + pageSql(condition) + ") page")
        .collect(Collectors.joining(" union all ", "", " order by job_id desc limit :limit"));
  }

  private static String pageSql(String condition) {
    return "select %s from jobs where %s order by job_id desc limit :limit"
        .formatted(JobRows.COLUMNS, condition);
  }

  /**
   * Lists the jobs that these workers run, the longest-running first; at most as many as the
   * workers have slots.
   */
  public List<RunningJob> runningOn(Collection<String> workerIds) {
    if (workerIds.isEmpty()) {
      return List.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id, job_type, worker_id, started_at from jobs
                    where state = 'running' and worker_id in (<worker_ids>)
                    """)
                .bindList("worker_ids", List.copyOf(workerIds))
                .map(
                    (row, context) ->
                        new RunningJob(
                            UUID.fromString(row.getString("job_id")),
                            row.getString("job_type"),
                            row.getString("worker_id"),
                            JobRows.instant(row, "started_at").orElseThrow()))
                .stream()
                .sorted(Comparator.comparing(RunningJob::startedAt).thenComparing(RunningJob::id))
                .toList());
  }

  /** Returns which of these jobs are queued or running; the others are final or deleted. */
  public Set<UUID> unfinishedAmong(Collection<UUID> jobIds) {
    if (jobIds.isEmpty()) {
      return Set.of();
    }
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id from jobs
                    where job_id in (<job_ids>) and %s
                    """
                        .formatted(JobRows.IS_UNFINISHED))
                .bindList("job_ids", jobIds.stream().map(UUID::toString).toList())
                .mapTo(String.class)
                .stream()
                .map(UUID::fromString)
                .collect(Collectors.toSet()));
  }
}
