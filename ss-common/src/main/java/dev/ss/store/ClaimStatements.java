package dev.ss.store;

import dev.ss.job.Claimed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The statements by which a worker claims jobs. */
interface ClaimStatements {
  /**
   * A claim.
   *
   * @param now jobs that are due by then may be claimed
   * @param quotas of the types the worker offers; not empty
   * @param limit how many jobs at most, above zero
   */
  record Claim(String workerId, Instant now, List<PickQuota> quotas, int limit) {}

  /** Whether a claim is worth a transaction; a false hope is harmless. */
  boolean mayFind(Database database, ClaimableTypes types, Instant now);

  /**
   * Those of the types with a {@code maxRunning} that this transaction alone may claim until its
   * end. The others are left out rather than waited for: their holder may be frozen.
   */
  Set<String> lockLimited(Handle handle, Set<String> jobTypes);

  /**
   * Begins attempts at due jobs with one statement: the most urgent first, of the same priority the
   * one that has been due for longest. Reads past no job of another type or for later.
   */
  List<Claimed> claim(Handle handle, Claim claim);
}
