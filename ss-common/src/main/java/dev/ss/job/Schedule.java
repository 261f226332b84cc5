package dev.ss.job;

import java.time.Duration;

/**
 * A schedule that the operator has configured: SS makes a job each time that it is due.
 *
 * @param name lower case letters, digits and hyphens
 * @param jobType the type of its jobs
 * @param input the input of its jobs
 * @param priority the priority of its jobs
 * @param catchUp how old a due moment may be for its job to be made; an older one is missed
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record Schedule(
    String name,
    Timetable timetable,
    JobType jobType,
    byte[] input,
    int priority,
    Duration catchUp) {}
