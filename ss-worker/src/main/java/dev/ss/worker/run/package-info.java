/**
 * Runs a command for one attempt: a working directory, a clean environment, arguments in UTF-8,
 * bounded output, and an end for the whole process tree, also when the worker is killed. Knows
 * nothing of queues or databases.
 */
package dev.ss.worker.run;
