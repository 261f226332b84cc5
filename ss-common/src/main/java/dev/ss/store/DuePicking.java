package dev.ss.store;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.ss.store.Executions.Picking;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Picks due executions, several with one statement. db-scheduler itself does that on PostgreSQL
 * only, and joins the table with itself, for which a short queue is read from end to end.
 *
 * <p>A worker looks at each priority that a type it offers has in the queue, and there at what is
 * due. So it reads past nothing: not the jobs of other types, and not those of a higher priority
 * which are for later.
 */
abstract class DuePicking extends DefaultJdbcCustomization {
  /** The types, and for each type the priorities from the highest to the lowest, then null. */
  private static final String LEVELS =
      """
      with recursive offered (task_name, places) as (values %1$s),
      level (task_name, places, priority) as (
        select task_name, places, (
          select max(priority) from scheduled_tasks due%3$s
          where not picked and due.task_name = offered.task_name)
        from offered
        union all
        select task_name, places, (
          select max(priority) from scheduled_tasks due%3$s
          where not picked and due.task_name = level.task_name and due.priority < level.priority)
        from level where priority is not null)
      """;

  private static final String SQLITE_CANDIDATES =
      LEVELS
          + """
          select id from (
            select candidate.rowid as id, level.priority, execution_time, places,
              row_number() over (
                partition by level.task_name order by level.priority desc, execution_time) as place
            from level join scheduled_tasks candidate on candidate.rowid in (
              select rowid from scheduled_tasks due%3$s
              where not picked and due.task_name = level.task_name
                and due.priority = level.priority and due.execution_time <= ?
              order by due.execution_time limit %2$d))
          where place <= places
          order by priority desc, execution_time limit %2$d
          """;

  private static final String POSTGRESQL_DUE =
      """
      level cross join lateral (
        select ctid, execution_time from scheduled_tasks due
        where not picked and due.task_name = level.task_name
          and due.priority = level.priority and due.execution_time <= ?
        order by due.execution_time limit %2$d) candidate
      """;

  private static final String POSTGRESQL_CANDIDATES =
      LEVELS
          + "select candidate.ctid from "
          + POSTGRESQL_DUE
          + "order by level.priority desc, execution_time limit %2$d";

  /** Where a type has fewer places than may be picked. Numbering costs as much as finding. */
  private static final String POSTGRESQL_CANDIDATES_WITH_A_PLACE =
      LEVELS
          + """
          select ctid from (
            select candidate.ctid, level.priority, execution_time, places,
              row_number() over (
                partition by level.task_name order by level.priority desc, execution_time) as place
            from
          """
          + POSTGRESQL_DUE
          + """
          ) candidate
          where place <= places
          order by priority desc, execution_time limit %2$d
          """;

  /** SQLite is told, because without statistics it guesses. */
  private static final String FOLLOWING_THE_INDEX = " indexed by scheduled_tasks_due";

  private static final String PICK =
      """
      update scheduled_tasks
      set picked = true, picked_by = ?, last_heartbeat = ?, version = version + 1
      where %s
      returning *
      """;

  /** How many executions may be in the hands of other workers while this one looks. */
  private static final int PICKED_BY_OTHERS = 32;

  private final Picking picking;

  private DuePicking(boolean timesInUtc, Picking picking) {
    super(timesInUtc);
    this.picking = picking;
  }

  /** On SQLite, where who writes has the whole file. */
  static DuePicking sqlite(Picking picking) {
    return new DuePicking(true, picking) {
      @Override
      public String getName() {
        return "SQLite";
      }

      @Override
      String found(List<Share> shares, int limit) {
        return "rowid in (%s)"
            .formatted(SQLITE_CANDIDATES.formatted(offered(shares), limit, FOLLOWING_THE_INDEX));
      }
    };
  }

  /** On PostgreSQL, past the rows that another worker is picking. */
  static DuePicking postgresql(Picking picking) {
    return new DuePicking(false, picking) {
      @Override
      public String getName() {
        return "PostgreSQL";
      }

      /**
       * Locks no more than it picks: others would pass by what it leaves, and find less urgent jobs
       * or none. A power of two, so that few statements have to be planned; a parameter's size the
       * planner would have to guess. {@code is not true}, because for {@code not} the index of all
       * that is not picked offers itself, from end to end.
       */
      @Override
      String found(List<Share> shares, int limit) {
        int seen = Integer.highestOneBit(limit + PICKED_BY_OTHERS) * 2;
        boolean placesEnough = shares.stream().allMatch(share -> share.places() >= limit);
        String candidates =
            placesEnough ? POSTGRESQL_CANDIDATES : POSTGRESQL_CANDIDATES_WITH_A_PLACE;
        return """
            ctid = any (array(
              select ctid from scheduled_tasks
              where picked is not true and ctid = any (array(
                %s))
              order by priority desc, execution_time limit %d
              for update skip locked))
            """
            .formatted(candidates.formatted(offered(shares), seen, ""), limit);
      }
    };
  }

  /**
   * Of what may be picked on SQLite, the most urgent execution's rowid. The parameters are each
   * share's type and places, then the time.
   */
  static String sqliteMostUrgent(List<Share> shares) {
    return SQLITE_CANDIDATES.formatted(offered(shares), 1, FOLLOWING_THE_INDEX);
  }

  /** The condition that finds what to pick, with a parameter for the time at its end. */
  abstract String found(List<Share> shares, int limit);

  @Override
  public String getQueryLimitPart(int limit) {
    return " limit " + limit;
  }

  @Override
  public boolean supportsSingleStatementLockAndFetch() {
    return true;
  }

  @Override
  public List<Execution> lockAndFetchSingleStatement(
      JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
    return picking.around(
        shares -> shares.isEmpty() ? List.of() : pick(context, now, limit, shares));
  }

  private List<Execution> pick(
      JdbcTaskRepositoryContext context, Instant now, int limit, List<Share> shares) {
    return context.jdbcRunner.query(
        PICK.formatted(found(shares, limit)),
        statement -> {
          statement.setString(1, context.schedulerName.getName());
          setInstant(statement, 2, now);
          setInstant(statement, setShares(statement, shares), now);
        },
        context.resultSetMapper.get());
  }

  /** The index of the parameter after the shares. */
  private static int setShares(PreparedStatement statement, List<Share> shares)
      throws SQLException {
    int index = 3;
    for (Share share : shares) {
      statement.setString(index++, share.jobType());
      statement.setInt(index++, share.places());
    }
    return index;
  }

  private static String offered(List<Share> shares) {
    return Stream.generate(() -> "(?, ?)").limit(shares.size()).collect(Collectors.joining(", "));
  }
}
