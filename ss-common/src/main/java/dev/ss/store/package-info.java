/**
 * Stores jobs and workers in the database. Only this package contains SQL. The {@code jobs} table
 * is the queue: a job's row says whether the job is queued, running or final. The row's generation
 * is a fencing token: a worker can store the end of an attempt only while the attempt has the job's
 * current generation.
 *
 * <p>Reading order: {@link dev.ss.store.Database} opens the database, {@link
 * dev.ss.store.Submissions} stores new jobs, {@link dev.ss.store.JobQueue} claims jobs and stores
 * how their attempts end, {@link dev.ss.store.LostJobs} recovers the jobs of lost workers, {@link
 * dev.ss.store.JobControl} cancels and retries jobs, {@link dev.ss.store.Jobs} reads them, {@link
 * dev.ss.store.Retention} deletes them. A {@code Dialect} contains what differs between SQLite and
 * PostgreSQL.
 */
@NullMarked
package dev.ss.store;

import org.jspecify.annotations.NullMarked;
