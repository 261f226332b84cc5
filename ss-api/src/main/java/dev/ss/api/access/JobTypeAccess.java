package dev.ss.api.access;

import dev.ss.access.Caller;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.store.Jobs;
import java.util.Set;
import java.util.UUID;

/** Holds the tokens that are only for some job types to jobs of these types. */
public final class JobTypeAccess {
  private final Jobs jobs;

  public JobTypeAccess(Jobs jobs) {
    this.jobs = jobs;
  }

  /**
   * Refuses the caller if the job is of another type. Does not look at the job if the caller may
   * use all types.
   */
  public void require(Caller caller, UUID jobId) {
    if (caller.jobTypes().isPresent()) {
      jobs.find(jobId).map(Job::jobType).ifPresent(type -> require(caller, type));
    }
  }

  /** Refuses the caller if the token is not for this job type. */
  public static void require(Caller caller, String jobType) {
    if (!caller.mayUse(jobType)) {
      throw new ProblemException(ProblemCode.FORBIDDEN, "The token is not for jobs of this type.");
    }
  }

  /**
   * Returns the job types whose jobs a request is about: those that the client asks for, or those
   * that its token is for; empty for all.
   */
  public static Set<String> listed(Caller caller, Set<String> asked) {
    asked.forEach(type -> require(caller, type));
    return asked.isEmpty() ? caller.jobTypes().orElse(Set.of()) : asked;
  }
}
