/** The worker process: how its parts are wired, and its optional HTTP server for metrics. */
package dev.ss.worker;
