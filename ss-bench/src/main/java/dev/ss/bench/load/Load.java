package dev.ss.bench.load;

import java.util.Locale;

/** A request that wrk sends over and over. */
enum Load {
  /** {@code GET /v1/job-types}, which needs no database. */
  JOB_TYPES,
  /** {@code GET /v1/jobs/{job_id}}. */
  STATUS,
  /** {@code POST /v1/jobs}. */
  SUBMIT;

  /** Returns the name in the tables and in wrk.lua. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the path of the request.
   *
   * @param job the path of a job
   */
  String path(String job) {
    return switch (this) {
      case JOB_TYPES -> "/v1/job-types";
      case STATUS -> job;
      case SUBMIT -> "/v1/jobs";
    };
  }
}
