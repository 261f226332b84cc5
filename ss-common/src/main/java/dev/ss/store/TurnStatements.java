package dev.ss.store;

import dev.ss.job.Claimed;
import dev.ss.job.JobState;
import dev.ss.store.ClaimStatements.Claim;
import dev.ss.store.EndStatements.End;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores ends and claims jobs in one commit, for a worker whose job types have no limits. */
interface TurnStatements {
  /**
   * The result of a turn.
   *
   * @param states the new states of the jobs whose ends were stored, by job id
   */
  record Done(Map<UUID, JobState> states, List<Claimed> claimed) {}

  /**
   * Stores the ends and claims jobs.
   *
   * @param ends of different jobs
   */
  Done turn(Database database, List<End> ends, Claim claim);
}
