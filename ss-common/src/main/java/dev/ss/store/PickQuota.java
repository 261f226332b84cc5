package dev.ss.store;

/**
 * How many jobs of a type may be claimed at this moment.
 *
 * @param remaining above zero
 */
record PickQuota(String jobType, int remaining) {}
