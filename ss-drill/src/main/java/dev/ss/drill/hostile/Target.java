package dev.ss.drill.hostile;

/**
 * What is attacked.
 *
 * @param port the API's port
 * @param jobId a job with an output of 1 MiB
 * @param unfinishedId a job that does not become final
 * @param clients how many clients a crowd has
 */
record Target(int port, String jobId, String unfinishedId, int clients) {}
