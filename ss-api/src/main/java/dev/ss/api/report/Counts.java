package dev.ss.api.report;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The counts of this process, from its start.
 *
 * @param requests the requests about jobs that were answered
 * @param failedRequests those of them that were answered 5xx
 * @param queueFull the submissions that were refused because the queue is full
 * @param tokensRefused the requests that were refused for their token
 * @param hostsRefused the requests that were refused for their host or the site of their page
 * @param waitingForConnection how many threads wait for a database connection now
 */
public record Counts(
    LongSupplier requests,
    LongSupplier failedRequests,
    LongSupplier queueFull,
    LongSupplier tokensRefused,
    LongSupplier hostsRefused,
    IntSupplier waitingForConnection) {}
