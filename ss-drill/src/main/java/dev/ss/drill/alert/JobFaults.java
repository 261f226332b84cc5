package dev.ss.drill.alert;

import static dev.ss.drill.alert.Fault.names;

import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;

/** Faults of single job types, while all others are well. */
final class JobFaults {
  /** Not scaled, because it is in config.yml; long enough for a start. */
  private static final String RARE =
      "  rare: {command: [cat], maxTimeWithoutSuccess: 20s}%n".formatted();

  private JobFaults() {}

  static Stream<Fault> all() {
    return Stream.of(late(), unusual(), missed());
  }

  private static Fault late() {
    return new Fault(
        "late",
        "jobs of a type whose objective is a start within 1 s submitted at twice the rate at which"
            + " they may run; then no longer",
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsJobObjectiveBurn 14.4"),
        names(),
        names("SsJobObjectiveBurn 6", "SsJobObjectiveBurn 1", "SsOldestReadyJobTooOld"),
        service -> {
          service.load().submit("prompt", 4);
          return service::stopLoad;
        });
  }

  private static Fault unusual() {
    return new Fault(
        "unusual",
        "a job whose type usually takes a moment runs on and on; then it may end",
        Faults.ONE_WORKER,
        load -> {
          Faults.steady(load);
          load.submit("patient", 1);
        },
        names("SsRunLongerThanUsual"),
        names(),
        names(),
        service -> {
          Files.createFile(service.broken());
          return () -> Faults.mend(service);
        });
  }

  private static Fault missed() {
    return new Fault(
        "missed",
        "a job type that has to succeed every 20 s gets no jobs; then it gets some",
        Faults.ONE_WORKER,
        Faults::steady,
        names("SsJobTypeNoRecentSuccess"),
        names(),
        names(),
        service -> {
          service.configure(RARE);
          for (String name : new String[] {"worker-1", Service.API}) {
            service.process(name).terminate();
            service.start(name, Map.of());
          }
          return () -> service.load().submit("rare", 1);
        });
  }
}
