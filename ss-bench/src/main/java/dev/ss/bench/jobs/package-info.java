/**
 * Jobs from end to end: how many, how fast and how that grows, beside bare db-scheduler, a bare
 * transaction and other queues on the same database.
 *
 * <p>Reading order: {@link dev.ss.bench.jobs.JobsBench} takes the suites; {@link
 * dev.ss.bench.jobs.Storage} gives them databases, {@link dev.ss.bench.jobs.Stock} fills those;
 * {@link dev.ss.bench.jobs.OurWorker} and {@link dev.ss.bench.jobs.BareScheduler} are what is
 * compared. {@link dev.ss.bench.jobs.Peers} runs each {@link dev.ss.bench.jobs.Side} in a process
 * of its own; those of Node are in {@code src/main/peers}. What is SS's own is in {@code OurApi},
 * {@code OurWorker}, {@code OurTables}, {@code Handler} and {@code Growth}.
 */
package dev.ss.bench.jobs;
