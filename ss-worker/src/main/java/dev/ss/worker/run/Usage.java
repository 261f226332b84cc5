package dev.ss.worker.run;

import dev.ss.job.CpuTime;
import dev.ss.job.Resources;
import java.util.Collection;
import java.util.Optional;

/** Finds out what the processes of one attempt use. Thread-safe. */
interface Usage {
  /** Whether it must be looked at while the attempt runs. */
  boolean needsLooks();

  /** Looks at what is in use now. */
  void look();

  /** Looks also for what a quick look misses. */
  void lookEverywhere();

  /** Looks also at these processes, which are the attempt's. */
  void lookAt(Collection<Long> pids);

  /** The processor time that has been seen so far, in seconds. */
  double seconds();

  /**
   * What the attempt has used. Its command has ended.
   *
   * @param waitedFor what {@link WaitedTimes} tells of the command
   */
  Resources end(Optional<CpuTime> waitedFor);

  /** Whether the kernel has killed a process of the attempt, because its memory was used up. */
  boolean ranOutOfMemory();
}
