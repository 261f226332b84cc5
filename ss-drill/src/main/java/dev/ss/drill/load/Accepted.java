package dev.ss.drill.load;

/**
 * A submission that was answered with its job.
 *
 * @param api the process that answered
 * @param created whether the answer says that the job is new
 * @param at when the answer came, in seconds of {@link dev.ss.testkit.process.Uptime}
 * @param seconds from the first try to this answer
 */
public record Accepted(
    String key,
    String jobId,
    JobKind kind,
    String api,
    boolean created,
    double at,
    double seconds) {}
