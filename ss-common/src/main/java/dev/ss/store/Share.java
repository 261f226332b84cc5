package dev.ss.store;

/**
 * What may be picked of a job type at this moment.
 *
 * @param places how many jobs at most; above zero
 */
record Share(String jobType, int places) {}
