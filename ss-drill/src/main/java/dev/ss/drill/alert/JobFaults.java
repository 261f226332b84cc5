package dev.ss.drill.alert;

import static dev.ss.drill.alert.Fault.names;

import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Faults of a single job type, of which the other types know nothing. */
final class JobFaults {
  private static final Duration STATE_LIMIT = Duration.ofMinutes(1);

  /**
   * A few jobs more than the alert wants to have seen, and some for those before the first scrape.
   */
  private static final int HISTORY = 20;

  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":\"([0-9a-f-]+)\"");

  private JobFaults() {}

  static Stream<Fault> all() {
    return Stream.of(late(), lingering(), barren());
  }

  private static Fault late() {
    return new Fault(
        "late",
        "jobs of a type submitted at almost twice the rate at which it may run, so that they start"
            + " later than its objective says; then the clients stop",
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsJobObjectiveBurn 14.4"),
        names(),
        names("SsJobObjectiveBurn 6", "SsJobObjectiveBurn 1"),
        service -> {
          service.load().submit("crowded", 8);
          return () -> {
            service.stopLoad();
            Faults.steady(service.load());
          };
        });
  }

  private static Fault lingering() {
    return new Fault(
        "lingering",
        "a job that hangs, of a type whose jobs take a moment; then cancelled",
        Faults.ONE_WORKER,
        load -> {
          Faults.steady(load);
          load.submit("pausing", 2);
        },
        names("SsRunLongerThanUsual"),
        names(),
        names(),
        service -> {
          Waiting.until(
              () -> "a history of jobs that take a moment",
              STATE_LIMIT,
              () -> succeeded(service, "pausing") > HISTORY);
          Files.createFile(service.broken());
          return () -> mend(service, "pausing");
        });
  }

  private static double succeeded(Service service, String jobType) {
    SsProcess worker = service.process(Faults.WORKER);
    worker.scrape();
    return worker
        .lastScrape()
        .orElseThrow()
        .sum("ss_job_runs_total", "job_type=\"" + jobType + "\"", "outcome=\"succeeded\"");
  }

  /** Lets jobs end at once from now on, and cancels the one that hangs. */
  private static void mend(Service service, String jobType) {
    try {
      Files.delete(service.broken());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    HttpRequest running =
        HttpRequest.newBuilder(
                service.process(Service.API).uri("/v1/jobs?state=running&job_type=" + jobType))
            .build();
    String jobs = service.http().sendAsync(running, BodyHandlers.ofString()).join().body();
    JOB_ID
        .matcher(jobs)
        .results()
        .forEach(found -> Faults.cancel(service, "/v1/jobs/" + found.group(1)));
  }

  private static Fault barren() {
    return new Fault(
        "barren",
        "no job submitted of a type that may be without a success for ten seconds; then one each"
            + " second",
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsJobTypeNoRecentSuccess"),
        names(),
        names(),
        service -> {
          service.configure("  daily: {command: [cat], maxTimeWithoutSuccess: 10s}\n");
          for (String name : List.of(Faults.WORKER, Service.API)) {
            service.process(name).terminate();
            service.start(name, Map.of());
          }
          service.load().submitOne("daily");
          return () -> service.load().submit("daily", 1);
        });
  }
}
