package dev.ss.job;

import java.time.Instant;
import java.util.UUID;

/** A job that a worker is running. */
public record RunningJob(UUID id, String jobType, String workerId, Instant startedAt) {}
