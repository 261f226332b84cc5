/**
 * The tables, and the only place with SQL. The jobs table is the queue: a job's row says whether it
 * waits, runs or is final, and its generation fences what a worker writes about it.
 *
 * <p>Reading order: {@link dev.ss.store.Database} opens, {@link dev.ss.store.Submissions} stores,
 * {@link dev.ss.store.JobQueue} claims and ends, {@link dev.ss.store.LostJobs} recovers, {@link
 * dev.ss.store.JobControl} cancels and retries, {@link dev.ss.store.Jobs} reads, {@link
 * dev.ss.store.Retention} deletes. A {@code Dialect} supplies what differs between the databases.
 */
package dev.ss.store;
