package dev.ss.store;

import dev.ss.store.Jobs.Order;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A range of job ids, as text. An id begins with the time at which its job was created, so a range
 * of ids is a range of times too, and every index that ends with the id can read it.
 *
 * @param from the first id, if it is in use
 * @param before the end, which is not in the range
 * @param after the start, which is not in the range
 */
record IdRange(Optional<String> from, Optional<String> before, Optional<String> after) {
  /** The last time whose milliseconds fit into an id. */
  private static final long LAST = 0xffff_ffff_ffffL;

  /** The ids of the jobs that the filter's times allow, beyond those of earlier pages. */
  static IdRange of(JobFilter filter, Order order, Optional<UUID> last) {
    Optional<String> from = filter.createdFrom().map(IdRange::first);
    Optional<String> before = filter.createdBefore().map(IdRange::first);
    if (last.isEmpty()) {
      return new IdRange(from, before, Optional.empty());
    }
    String id = last.get().toString();
    // Only the narrower of two ends: SQLite begins to read at the first that it is given.
    if (order == Order.NEWEST) {
      String end = before.filter(time -> isBelow(time, id)).orElse(id);
      return new IdRange(from, Optional.of(end), Optional.empty());
    }
    return from.filter(time -> isBelow(id, time)).isPresent()
        ? new IdRange(from, before, Optional.empty())
        : new IdRange(Optional.empty(), before, Optional.of(id));
  }

  private static boolean isBelow(String one, String other) {
    return one.compareTo(other) < 0;
  }

  /** The beginning of all ids of this millisecond or a later one, which sorts before them. */
  static String first(Instant time) {
    long millis = millis(time);
    return Sql.with("%08x-%04x", millis >>> Short.SIZE, millis & 0xffff);
  }

  /** A time within a millisecond is after all jobs whose ids have that millisecond. */
  private static long millis(Instant time) {
    if (time.isBefore(Instant.EPOCH)) {
      return 0;
    }
    if (time.isAfter(Instant.ofEpochMilli(LAST))) {
      return LAST;
    }
    long floor = time.toEpochMilli();
    return Instant.ofEpochMilli(floor).isBefore(time) ? floor + 1 : floor;
  }

  /** The range as conditions on {@code job_id}, each after an {@code and}. */
  String sql() {
    return Stream.of(
            from.map(id -> " and job_id >= :from_id"),
            before.map(id -> " and job_id < :before_id"),
            after.map(id -> " and job_id > :after_id"))
        .flatMap(Optional::stream)
        .collect(Collectors.joining());
  }

  void addTo(Map<String, Object> values) {
    from.ifPresent(id -> values.put("from_id", id));
    before.ifPresent(id -> values.put("before_id", id));
    after.ifPresent(id -> values.put("after_id", id));
  }
}
