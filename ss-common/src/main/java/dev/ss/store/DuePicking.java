package dev.ss.store;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.ss.store.Executions.Picking;
import java.time.Instant;
import java.util.List;

/**
 * Picks due executions, several with one statement. db-scheduler itself does that on PostgreSQL
 * only, and joins the table with itself, for which a short queue is read from end to end.
 */
abstract class DuePicking extends DefaultJdbcCustomization {
  private final String sql;
  private final Picking picking;

  private DuePicking(boolean timesInUtc, String found, Picking picking) {
    super(timesInUtc);
    this.sql =
        """
        update scheduled_tasks
        set picked = true, picked_by = ?, last_heartbeat = ?, version = version + 1
        where %s
        returning *
        """
            .formatted(found);
    this.picking = picking;
  }

  /** On SQLite, where who writes has the whole file. */
  static DuePicking sqlite(Picking picking) {
    return new DuePicking(
        true,
        // Left to itself, SQLite collects all that is due and sorts it.
        """
        rowid in (
          select rowid from scheduled_tasks indexed by scheduled_tasks_by_priority
          where picked = false and task_name = ? and execution_time <= ?
          order by priority desc, execution_time limit ?)
        """,
        picking) {
      @Override
      public String getName() {
        return "SQLite";
      }
    };
  }

  /** On PostgreSQL, past the rows that another worker is picking. */
  static DuePicking postgresql(Picking picking) {
    return new DuePicking(
        false,
        """
        ctid = any (array(
          select ctid from scheduled_tasks
          where not picked and task_name = ? and execution_time <= ?
          order by priority desc, execution_time limit ?
          for update skip locked))
        """,
        picking) {
      @Override
      public String getName() {
        return "PostgreSQL";
      }
    };
  }

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
    return picking.around(() -> pick(context, now, limit));
  }

  private List<Execution> pick(JdbcTaskRepositoryContext context, Instant now, int limit) {
    return context.jdbcRunner.query(
        sql,
        statement -> {
          statement.setString(1, context.schedulerName.getName());
          setInstant(statement, 2, now);
          statement.setString(3, dev.ss.store.Execution.TASK.getTaskName());
          setInstant(statement, 4, now);
          statement.setInt(5, limit);
        },
        context.resultSetMapper.get());
  }
}
