/** What a worker does besides running jobs: it says that it lives. */
package dev.ss.worker.maintain;
