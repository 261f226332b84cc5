/**
 * The tables, and the only place with SQL. A job's row and its scheduled execution are always
 * written in one transaction, and every write of a running attempt is fenced by the job's {@code
 * run}.
 *
 * <p>Reading order: {@link dev.ss.store.Database} opens, {@link dev.ss.store.Submissions} stores,
 * {@link dev.ss.store.Attempts} starts and finishes, {@link dev.ss.store.JobControl} cancels and
 * retries, {@link dev.ss.store.Jobs} reads, {@link dev.ss.store.Retention} deletes.
 */
package dev.ss.store;
