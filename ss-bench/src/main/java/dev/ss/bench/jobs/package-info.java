/**
 * Measures jobs from end to end: rates, latencies and growth, compared with bare db-scheduler, a
 * bare transaction and other queues on the same database.
 *
 * <p>Reading order: {@link dev.ss.bench.jobs.JobsBench} runs the suites; {@link
 * dev.ss.bench.jobs.Storage} gives them databases, which {@link dev.ss.bench.jobs.Stock} fills;
 * {@link dev.ss.bench.jobs.OurWorker} and {@link dev.ss.bench.jobs.BareScheduler} are compared.
 * {@link dev.ss.bench.jobs.Peers} runs each {@link dev.ss.bench.jobs.Side} in a separate process;
 * those of Node are in {@code src/main/peers}. Only {@code OurApi}, {@code OurWorker}, {@code
 * OurTables}, {@code Handler} and {@code Growth} depend on SS itself.
 */
package dev.ss.bench.jobs;
