package dev.ss.store;

import dev.ss.job.Job;
import dev.ss.store.Jobs.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Finds the jobs of a filter in the order of their ids. Reads them where the rarest condition of
 * the filter is true, and checks each for the other conditions. Stops after a number of jobs and
 * says how far it came, so that the cost depends neither on how many jobs there are nor on how few
 * of them meet all conditions.
 */
final class JobSearch {
  /** From this number of jobs on it does not matter which condition is rarer. */
  private static final int MANY = 10_000;

  /** How many jobs one query checks. */
  private static final int CHECKED_AT_ONCE = 1000;

  private static final RowMapper<UUID> ID =
      (row, context) -> UUID.fromString(row.getString("job_id"));

  /**
   * Both databases begin with the chunk: SQLite because of the cross join, PostgreSQL because no
   * index has the order. By the id alone it may read jobs in their order, to find them in the
   * chunk.
   */
  private static final String CHUNK =
      """
      with chunk (id) as materialized (
        %1$s)
      select extent.jobs_seen, extent.last_seen, found.*
      from (select count(*) as jobs_seen, %2$s(id) as last_seen from chunk) extent
      left join (
        select %3$s from chunk cross join jobs
        where job_id = id%4$s
        order by id || '' %5$s limit :rows) found on true
      order by job_id %5$s
      """;

  private final Handle handle;
  private final Order order;

  JobSearch(Handle handle, Order order) {
    this.handle = handle;
    this.order = order;
  }

  /**
   * How far to search.
   *
   * @param rows the maximum number of jobs to find
   * @param checks about how many jobs to check at most
   */
  record Limits(int rows, int checks) {}

  /**
   * What was found.
   *
   * @param rows in the order of the ids
   * @param next the job after which the search can go on; empty if there are no more
   */
  record Found<T>(List<T> rows, Optional<UUID> next) {}

  /**
   * A number of jobs.
   *
   * @param more whether there are more jobs, or may be
   */
  record Count(int number, boolean more) {}

  private record Row<T>(UUID id, T value) {}

  /** What one query has found among the jobs that it has seen. */
  private record Chunk<T>(List<Row<T>> found, int seen, Optional<UUID> lastSeen) {}

  private record Line<T>(int seen, Optional<UUID> lastSeen, Optional<Row<T>> found) {}

  /** Finds jobs. */
  Found<Job> jobs(JobFilter filter, Optional<UUID> after, Limits limits) {
    return find(
        rarest(Source.of(filter), IdRange.of(filter, order, after)),
        filter,
        after,
        limits,
        JobRows.COLUMNS,
        JobRows::job);
  }

  /**
   * Finds the ids of jobs.
   *
   * @param check one more condition on a job
   */
  Found<UUID> ids(JobFilter filter, String check, Optional<UUID> after, Limits limits) {
    Source source = rarest(Source.of(filter), IdRange.of(filter, order, after)).checking(check);
    return find(source, filter, after, limits, "job_id", ID);
  }

  /** Counts jobs up to the limit. */
  Count count(JobFilter filter, Limits limits) {
    IdRange range = IdRange.of(filter, order, Optional.empty());
    Source source = rarest(Source.of(filter), range);
    if (source.checks().isEmpty()) {
      int number = size(source, range, limits.rows() + 1);
      return new Count(Math.min(number, limits.rows()), number > limits.rows());
    }
    Found<UUID> found = find(source, filter, Optional.empty(), limits, "job_id", ID);
    return new Count(found.rows().size(), found.next().isPresent());
  }

  private Source rarest(List<Source> sources, IdRange range) {
    return sources.size() == 1
        ? sources.get(0)
        : sources.stream()
            .map(source -> Map.entry(source, size(source, range, MANY)))
            .min(Comparator.comparing(Map.Entry::getValue))
            .orElseThrow()
            .getKey();
  }

  /** Returns how many jobs the source has in the range, up to a maximum. */
  private int size(Source source, IdRange range, int max) {
    String each = "select * from (select 1 as one from %s%s limit :max) part";
    String all =
        source.parts().stream()
            .map(part -> each.formatted(part, range.sql()))
            .collect(Collectors.joining(" union all "));
    return handle
        .createQuery(
            "select count(*) from (select * from (%s) parts limit :max) counted".formatted(all))
        .bindMap(values(source, range))
        .bind("max", max)
        .mapTo(Integer.class)
        .one();
  }

  private <T> Found<T> find(
      Source source,
      JobFilter filter,
      Optional<UUID> after,
      Limits limits,
      String columns,
      RowMapper<T> mapper) {
    int size =
        source.checks().isEmpty()
            ? limits.rows() + 1
            : Math.min(limits.checks(), Math.max(CHECKED_AT_ONCE, limits.rows() + 1));
    List<Row<T>> rows = new ArrayList<>();
    Optional<UUID> seen = after;
    for (int checked = 0; checked < limits.checks(); checked += size) {
      Chunk<T> chunk =
          chunk(
              source,
              IdRange.of(filter, order, seen),
              size,
              limits.rows() + 1 - rows.size(),
              columns,
              mapper);
      rows.addAll(chunk.found());
      if (rows.size() > limits.rows()) {
        List<Row<T>> page = rows.subList(0, limits.rows());
        return found(page, Optional.of(page.get(page.size() - 1).id()));
      }
      if (chunk.seen() < size) {
        return found(rows, Optional.empty());
      }
      seen = chunk.lastSeen();
    }
    return found(rows, seen);
  }

  private static <T> Found<T> found(List<Row<T>> rows, Optional<UUID> next) {
    return new Found<>(rows.stream().map(Row::value).toList(), next);
  }

  private <T> Chunk<T> chunk(
      Source source, IdRange range, int size, int rows, String columns, RowMapper<T> mapper) {
    List<Line<T>> lines =
        handle
            .createQuery(
                CHUNK.formatted(
                    idsIn(source, range),
                    order == Order.NEWEST ? "min" : "max",
                    columns,
                    source.checks().stream().map(" and "::concat).collect(Collectors.joining()),
                    direction()))
            .bindMap(values(source, range))
            .bind("size", size)
            .bind("rows", rows)
            .map(
                (row, context) ->
                    new Line<>(
                        row.getInt("jobs_seen"),
                        Optional.ofNullable(row.getString("last_seen")).map(UUID::fromString),
                        row.getString("job_id") == null
                            ? Optional.<Row<T>>empty()
                            : Optional.of(
                                new Row<>(ID.map(row, context), mapper.map(row, context)))))
            .list();
    return new Chunk<>(
        lines.stream().flatMap(line -> line.found().stream()).toList(),
        lines.get(0).seen(),
        lines.get(0).lastSeen());
  }

  /** Takes the first of all parts from the first of each. */
  private String idsIn(Source source, IdRange range) {
    List<String> parts =
        source.parts().stream()
            .map(
                part ->
                    "select job_id from %s%s order by job_id %s limit :size"
                        .formatted(part, range.sql(), direction()))
            .toList();
    return parts.size() == 1
        ? parts.get(0)
        : parts.stream()
            .map("select * from (%s) part"::formatted)
            .collect(
                Collectors.joining(
                    " union all ", "", " order by job_id %s limit :size".formatted(direction())));
  }

  private String direction() {
    return order == Order.NEWEST ? "desc" : "asc";
  }

  private static Map<String, Object> values(Source source, IdRange range) {
    Map<String, Object> values = new HashMap<>(source.values());
    range.addTo(values);
    return values;
  }
}
