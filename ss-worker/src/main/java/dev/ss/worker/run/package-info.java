/**
 * Runs a command for one attempt: a working directory, a clean environment, bounded output, and an
 * end for the whole process tree. Knows nothing of queues or databases.
 */
package dev.ss.worker.run;
