/** The worker process: how its parts are wired, and its optional HTTP server for metrics. */
@NullMarked
package dev.ss.worker;

import org.jspecify.annotations.NullMarked;
