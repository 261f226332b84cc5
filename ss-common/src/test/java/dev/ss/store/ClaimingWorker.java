package dev.ss.store;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker in a test's hands whose jobs are started with their picking.
 *
 * @param claims what it has started
 * @param manual the rest
 * @param polls how often it has looked for jobs
 */
public record ClaimingWorker(Claims claims, ManualWorker manual, AtomicInteger polls) {}
