/**
 * What a job is: its states, its types, one run of it and how that run ended. Plain values, which
 * know nothing of databases, HTTP or metrics.
 */
package dev.ss.job;
