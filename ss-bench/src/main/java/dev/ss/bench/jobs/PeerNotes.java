package dev.ss.bench.jobs;

import java.util.List;

/** The notes on each side's settings, and on how it was timed. */
final class PeerNotes {
  static final List<String> ALL =
      List.of(
          "Each process first runs such jobs for half a minute: the JIT compiler of one that has just"
              + " begun takes half of two processors, and a worker runs for days.",
          "The queue is filled with all jobs, vacuumed and checkpointed. The rate is that of"
              + " the jobs after the first tenth, from the start of the first of them until the"
              + " ends of all are committed, by the clock of the process that runs them. Afterwards"
              + " the database is asked whether all have ended. CPU, WAL, rows and commits are"
              + " those of the whole run, connecting included.",
          "SS: 4 slots, the other settings are its defaults. Every start, end and output is"
              + " committed. /bin/true runs as every command does: in a directory of its own, with"
              + " a time limit, killed with all its children.",
          "bare db-scheduler 16.12: 4 threads, lock-and-fetch (0.5, 1.0), priorities on; a task is"
              + " removed when it ends, with the output of /bin/true stored in the same"
              + " transaction.",
          "graphile-worker 0.17.3: concurrentJobs 4, the rest its defaults, no log; the output of"
              + " /bin/true is one insert through its pool before the job ends.",
          "graphile-worker, local queue: also localQueue.size 500, completeJobBatchDelay 0,"
              + " failJobBatchDelay 0, as its page on performance has them. It claims up to 500"
              + " jobs, which no other worker can run meanwhile, and writes ends in groups.",
          "pg-boss 10.4.2: 4 workers with batchSize 1, each told by notifyWorker to look again at"
              + " once (its shortest interval for polling is 0.5 s); the rest its defaults. It does"
              + " not wait for a job's end to be written before it runs the next.",
          "pg-boss, batches: the same with batchSize 25, and each worker runs its jobs one after"
              + " the other; all of a batch end together.",
          "The versions are the newest for Node 20. Both Java processes have 256 MiB of heap.");

  private PeerNotes() {}
}
