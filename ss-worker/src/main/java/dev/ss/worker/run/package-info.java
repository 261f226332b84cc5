/**
 * Runs a command for one attempt: with a working directory of its own, a clean environment,
 * arguments in UTF-8 and bounded output. Ends the whole process tree, also when the worker is
 * killed. Knows nothing of queues or databases.
 */
@NullMarked
package dev.ss.worker.run;

import org.jspecify.annotations.NullMarked;
