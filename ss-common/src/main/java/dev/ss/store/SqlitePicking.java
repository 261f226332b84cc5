package dev.ss.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.ss.store.Executions.Picking;
import java.time.Instant;
import java.util.List;

/**
 * Picks due executions on SQLite several at a time, which db-scheduler does only on databases that
 * can skip locked rows. SQLite has nobody to skip: who writes has the whole file.
 */
final class SqlitePicking extends SqliteJdbcCustomization {
  private final Picking picking;

  SqlitePicking(Picking picking) {
    this.picking = picking;
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
        """
        update scheduled_tasks
        set picked = 1, picked_by = ?, last_heartbeat = ?, version = version + 1
        where rowid in (
          select rowid from scheduled_tasks
          where picked = 0 and task_name = ? and execution_time <= ?
          order by priority desc, execution_time limit ?)
        returning *
        """,
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
