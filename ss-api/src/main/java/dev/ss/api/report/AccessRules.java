package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.HOSTS_REFUSED;
import static dev.ss.api.report.FindingCode.POOL_EXHAUSTED;
import static dev.ss.api.report.FindingCode.REQUESTS_FAILING;
import static dev.ss.api.report.FindingCode.TOKENS_REFUSED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is refused, or gets an error. */
final class AccessRules {
  /** Less often than this it is an accident, or somebody who tries. */
  private static final int OFTEN = 3;

  private static final double SOME_FAIL = 0.05;
  private static final double MOST_FAIL = 0.5;

  private AccessRules() {}

  static List<Finding> of(Facts facts) {
    ProcessFacts process = facts.process();
    return Stream.of(requests(process), pool(process), tokens(process), hosts(process))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Finding> requests(ProcessFacts process) {
    double ratio = (double) process.failedRequests() / Math.max(1, process.requests());
    return process.failedRequests() < OFTEN || ratio < SOME_FAIL
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                REQUESTS_FAILING,
                ratio < MOST_FAIL ? Verdict.WARN : Verdict.BAD,
                "%s of this API's requests in the last minute were answered 5xx."
                    .formatted(Words.percent(ratio)),
                new Evidence()
                    .with("requests", process.requests())
                    .with("failed_requests", process.failedRequests())
                    .map()));
  }

  private static Optional<Finding> pool(ProcessFacts process) {
    return process.waitingForConnection() == 0
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                POOL_EXHAUSTED,
                Verdict.WARN,
                "Threads of this API wait for database connections all the time.",
                new Evidence().with("waiting_threads", process.waitingForConnection()).map()));
  }

  private static Optional<Finding> tokens(ProcessFacts process) {
    return process.tokensRefused() < OFTEN
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                TOKENS_REFUSED,
                Verdict.WARN,
                "%s requests within five minutes had a token that is unknown or not allowed."
                    .formatted(Words.number(process.tokensRefused())),
                new Evidence().with("refused_requests", process.tokensRefused()).map()));
  }

  private static Optional<Finding> hosts(ProcessFacts process) {
    return process.hostsRefused() < OFTEN
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                HOSTS_REFUSED,
                Verdict.WARN,
                "%s requests within five minutes named a host that is not allowed, or came from another site."
                    .formatted(Words.number(process.hostsRefused())),
                new Evidence().with("refused_requests", process.hostsRefused()).map()));
  }

  /** The numbers of the area. */
  static Map<String, Number> evidence(Facts facts) {
    ProcessFacts process = facts.process();
    return new Evidence()
        .with("requests", process.requests())
        .with("failed_requests", process.failedRequests())
        .with("refused_requests", process.tokensRefused() + process.hostsRefused())
        .map();
  }

  /** What the area is like when there is nothing to say against it. */
  static String summary(Facts facts) {
    long failed = facts.process().failedRequests();
    return failed == 0
        ? "No request failed in the last minute."
        : Words.many(failed, "One request", "%s requests") + " failed in the last minute.";
  }
}
