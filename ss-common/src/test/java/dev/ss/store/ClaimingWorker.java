package dev.ss.store;

/**
 * A worker in a test's hands whose jobs are started with their picking.
 *
 * @param claims what it has started
 * @param manual the rest
 */
public record ClaimingWorker(Claims claims, ManualWorker manual) {}
