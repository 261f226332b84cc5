package dev.ss.store;

import dev.ss.job.Claimed;
import dev.ss.job.JobState;
import dev.ss.store.ClaimStatements.Claim;
import dev.ss.store.EndStatements.End;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores ends and claims jobs with one commit, where no type that is offered has a limit. */
interface TurnStatements {
  /**
   * What a turn did.
   *
   * @param states of the jobs whose ends were written, by their ids
   */
  record Done(Map<UUID, JobState> states, List<Claimed> claimed) {}

  /**
   * Stores the ends and claims jobs.
   *
   * @param ends of different jobs
   */
  Done turn(Database database, List<End> ends, Claim claim);
}
