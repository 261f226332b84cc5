package dev.ss.store;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.RunningJob;
import dev.ss.store.JobSearch.Count;
import dev.ss.store.JobSearch.Found;
import dev.ss.store.JobSearch.Limits;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads jobs. */
public final class Jobs {
  /** How many jobs the search for a page checks at most. */
  private static final int MAX_CHECKS = 10_000;

  /** How many jobs a count of one state checks at most. */
  private static final int MAX_COUNT_CHECKS = 20_000;

  private final Database database;

  public Jobs(Database database) {
    this.database = database;
  }

  /** The order of a list. */
  public enum Order {
    NEWEST,
    OLDEST
  }

  /**
   * Asks for a page of a list.
   *
   * @param after only jobs that come after this one in the order
   * @param limit the maximum number of jobs
   */
  public record PageRequest(JobFilter filter, Order order, Optional<UUID> after, int limit) {}

  /**
   * A page of a list.
   *
   * @param next the job after which the next page begins; empty on the last page. A page may have
   *     fewer jobs than asked for and not be the last
   */
  public record Page(List<Job> jobs, Optional<UUID> next) {}

  /**
   * The numbers of jobs in each state that a filter selects.
   *
   * @param areCapped whether there are more jobs of a state, or may be
   */
  public record Counts(Map<JobState, Integer> ofStates, boolean areCapped) {}

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
  public Page list(PageRequest page) {
    Found<Job> found =
        database.readPlannedForValues(
            handle ->
                new JobSearch(handle, page.order())
                    .jobs(page.filter(), page.after(), new Limits(page.limit(), MAX_CHECKS)));
    return new Page(found.rows(), found.next());
  }

  /** Counts the jobs that a filter selects, in each state up to a maximum. */
  public Counts count(JobFilter filter, int max) {
    return database.readPlannedForValues(
        handle -> {
          JobSearch search = new JobSearch(handle, Order.NEWEST);
          Map<JobState, Integer> numbers = new EnumMap<>(JobState.class);
          boolean capped = false;
          for (JobState state : JobState.values()) {
            Count count =
                filter.mayBeIn(state)
                    ? search.count(
                        filter.withStates(Set.of(state)), new Limits(max, MAX_COUNT_CHECKS))
                    : new Count(0, false);
            numbers.put(state, count.number());
            capped |= count.more();
          }
          return new Counts(numbers, capped);
        });
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
