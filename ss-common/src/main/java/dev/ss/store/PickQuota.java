package dev.ss.store;

/**
 * How many jobs of a type a transaction may claim.
 *
 * @param remaining above zero
 */
record PickQuota(String jobType, int remaining) {}
