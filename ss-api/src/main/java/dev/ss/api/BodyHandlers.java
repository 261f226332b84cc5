package dev.ss.api;

import dev.ss.access.Access;
import dev.ss.api.http.BodyRules;
import dev.ss.api.http.BufferedBodies;
import dev.ss.api.http.FewAtOnce;
import dev.ss.api.http.RawBodies;
import dev.ss.api.http.RawBodyRules;
import dev.ss.api.http.Routes;
import dev.ss.api.submit.SubmissionHandler;
import dev.ss.config.SsConfiguration;
import dev.ss.job.JobType;
import dev.ss.server.MemoryBudget;
import dev.ss.store.Uploads;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;

/**
 * Creates the handlers that receive the bodies of requests before a route gets them, and gives each
 * its part of the heap. An input that is a body by itself has a budget apart from JSON, because it
 * is never whole in memory.
 */
final class BodyHandlers {
  /**
   * The part of the heap for the bodies of requests. Until its jobs are stored, a body takes up
   * four times its size.
   */
  private static final int BODIES_PART_OF_HEAP = 8;

  /** The part of the heap for the parts of inputs that are being received. */
  private static final int RAW_BODIES_PART_OF_HEAP = 8;

  /** The part of the heap for lists that are being made. */
  private static final int LISTS_PART_OF_HEAP = 16;

  /** A thousand jobs as JSON, three times in memory, in bytes. */
  private static final long LARGEST_LIST = 3 * 1024 * 1024;

  private BodyHandlers() {}

  /** Returns a handler that receives the bodies and passes the requests on to the routes. */
  static Handler before(
      Handler routes,
      Access access,
      SubmissionHandler submit,
      Uploads uploads,
      SsConfiguration configuration,
      Clock clock) {
    return new RawBodies(
        json(fewListsAtOnce(routes), access, submit, configuration),
        new RawBodyRules(
            access,
            configuration.jobTypes().stream().map(JobType::name).collect(Collectors.toSet()),
            configuration.api().maxInputSize().toBytes()),
        uploads,
        MemoryBudget.partOfHeap(RAW_BODIES_PART_OF_HEAP),
        submit::refuseUnread,
        clock);
  }

  private static Handler json(
      Handler next, Access access, SubmissionHandler submit, SsConfiguration configuration) {
    BodyRules rules =
        new BodyRules(
            access,
            Map.of(
                "/v1/jobs", submit.maxBodyBytes(),
                "/v1/jobs/batch", configuration.api().maxBatchSize().toBytes()));
    return new BufferedBodies(
        next, rules, MemoryBudget.partOfHeap(BODIES_PART_OF_HEAP), submit::refuseUnread);
  }

  private static Handler fewListsAtOnce(Handler routes) {
    long few = Runtime.getRuntime().maxMemory() / LISTS_PART_OF_HEAP / LARGEST_LIST;
    return new FewAtOnce(routes, Routes::isList, (int) Math.max(2, few));
  }
}
