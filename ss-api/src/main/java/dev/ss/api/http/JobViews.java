package dev.ss.api.http;

import dev.ss.job.Job;
import dev.ss.job.JobType;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows jobs as JSON, with what their types add to what is stored. */
public final class JobViews {
  private final Map<String, JobType> jobTypes;

  public JobViews(Collection<JobType> jobTypes) {
    this.jobTypes = jobTypes.stream().collect(Collectors.toMap(JobType::name, Function.identity()));
  }

  JobView of(Job job) {
    return JobView.of(job, timeout(job));
  }

  private Optional<Duration> timeout(Job job) {
    return Optional.ofNullable(jobTypes.get(job.jobType()))
        .map(type -> type.timeout(job.options().timeout()));
  }
}
