package dev.ss.api.report;

import java.time.Duration;
import java.util.Optional;

/**
 * What this process knows of itself. What is counted is of the last few minutes.
 *
 * @param databaseAway whether the database cannot be used
 * @param clockOffset the database's time minus this machine's, if that is known
 * @param waitingForConnection how many threads have been waiting for a connection at every recent
 *     look, at least
 * @param requests the requests to {@code /v1} that were answered
 * @param failedRequests those of them that were answered 5xx
 * @param queueFull the submissions that were refused because the queue is full
 * @param tokensRefused the requests that were refused for a token that is unknown, or not allowed
 * @param hostsRefused the requests that were refused for their host, or the site of their page
 */
record ProcessFacts(
    boolean databaseAway,
    Optional<Duration> clockOffset,
    int waitingForConnection,
    long requests,
    long failedRequests,
    long queueFull,
    long tokensRefused,
    long hostsRefused) {}
