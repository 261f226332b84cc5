/**
 * Jobs from end to end: how many, how fast and how that grows, beside bare db-scheduler and a bare
 * transaction on the same database.
 *
 * <p>Reading order: {@link dev.ss.bench.jobs.JobsBench} takes the suites; {@link
 * dev.ss.bench.jobs.Storage} gives them databases, {@link dev.ss.bench.jobs.Stock} fills those;
 * {@link dev.ss.bench.jobs.OurWorker} and {@link dev.ss.bench.jobs.BareScheduler} are what is
 * compared.
 */
package dev.ss.bench.jobs;
