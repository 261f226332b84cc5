package dev.ss.store;

import dev.ss.job.Claimed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The statements that claim jobs for a worker. */
interface ClaimStatements {
  /**
   * A claim.
   *
   * @param now jobs that are due at this time may be claimed
   * @param quotas for the types that the worker offers; not empty
   * @param limit the maximum number of jobs; above zero
   */
  record Claim(String workerId, Instant now, List<PickQuota> quotas, int limit) {}

  /** Whether a claim is worth a transaction. A wrong {@code true} is harmless. */
  boolean mayFind(Database database, ClaimableTypes types, Instant now);

  /**
   * Locks job types that have a {@code maxRunning}, so that only this transaction may claim their
   * jobs until it ends. Returns the types it locked. Skips the types that another transaction has
   * locked instead of waiting, because the process of that transaction may be frozen.
   */
  Set<String> lockLimited(Handle handle, Set<String> jobTypes);

  /**
   * Begins attempts at due jobs with one statement. Takes the highest priority first, and within a
   * priority the job that has been due for longest. Does not read past jobs of other types or jobs
   * that are not due yet.
   */
  List<Claimed> claim(Handle handle, Claim claim);
}
