package dev.ss.bridge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ready-made rules for the metrics that Dropwizard and common libraries register. They match the
 * names that Dropwizard 5, metrics-core 4.2 and HikariCP 7 use.
 */
public enum MappingSet {
  /** Jetty's requests, responses, connections and threads. */
  JETTY(
      List.of(
          rule(Names.HANDLER + ".*-requests", "jetty_request_duration", Map.of("method", "${0}")),
          rule(Names.HANDLER + ".*-responses", "jetty_responses", Map.of("code", "${0}")),
          rule(Names.HANDLER + ".dispatches", "jetty_dispatch_duration", Map.of()),
          rule(Names.HANDLER + ".active-*", "jetty_active_${0}", Map.of()),
          rule(Names.HANDLER + ".async-*", "jetty_async_${0}", Map.of()),
          rule(
              "org.eclipse.jetty.server.HttpConnectionFactory.**.connections",
              "jetty_connection_duration",
              Map.of("connector", "${0}")),
          rule(Names.THREADS + ".*.size", "jetty_threads", Names.POOL),
          rule(Names.THREADS + ".*.jobs", "jetty_queued_jobs", Names.POOL),
          rule(Names.THREADS + ".*.utilization", "jetty_threads_utilization_ratio", Names.POOL),
          rule(
              Names.THREADS + ".*.utilization-max",
              "jetty_threads_max_utilization_ratio",
              Names.POOL),
          rule(
              Names.THREADS + ".*.jobs-queue-utilization",
              "jetty_queued_jobs_utilization_ratio",
              Names.POOL)),
      // sums of the above, and ratios that cannot be aggregated
      List.of(Names.HANDLER + ".requests", Names.HANDLER + ".percent-*")),

  /** The connection pools of dropwizard-db. */
  DATA_SOURCE(
      Stream.concat(
              Stream.of(rule(Names.DATA_SOURCES + ".*.waiting", "db_pool_waiting", Names.POOL)),
              Stream.concat(
                  Stream.of("active", "idle")
                      .map(
                          state ->
                              rule(
                                  Names.DATA_SOURCES + ".*." + state,
                                  "db_pool_connections",
                                  Map.of("pool", "${0}", "state", state))),
                  Stream.of(
                          "created",
                          "borrowed",
                          "returned",
                          "released",
                          "releasedIdle",
                          "reconnected",
                          "removeAbandoned")
                      .map(
                          event ->
                              counter(
                                  Names.DATA_SOURCES + ".*." + event,
                                  "gauge",
                                  "db_pool_connection_events",
                                  Map.of("pool", "${0}", "event", event)))))
          .toList(),
      List.of(Names.DATA_SOURCES + ".*.size")),

  /** HikariCP's pools. */
  HIKARI(
      List.of(
          rule("*.pool.Wait", "hikari_wait", Names.POOL),
          milliseconds("*.pool.Usage", "hikari_usage", Names.POOL),
          milliseconds("*.pool.ConnectionCreation", "hikari_creation", Names.POOL),
          rule("*.pool.ConnectionTimeoutRate", "hikari_timeouts", Names.POOL),
          rule(
              "*.pool.*Connections",
              "hikari_connections",
              Map.of("pool", "${0}", "state", "${1}"))),
      List.of()),

  /** Apache HttpClient 5, as dropwizard-client makes it. */
  HTTP_CLIENT(
      List.of(
          rule(
              "org.apache.hc.client5.http.classic.HttpClient.*.*-requests",
              "http_client_request_duration",
              Map.of("client", "${0}", "method", "${1}")),
          rule(
              "org.apache.hc.client5.http.io.HttpClientConnectionManager.*.*-connections",
              "http_client_connections",
              Map.of("client", "${0}", "state", "${1}"))),
      List.of()),

  /**
   * The statements of JDBI's DAOs, as dropwizard-jdbi3 times them. The timers are named after the
   * methods. The rules recognize them by the class name, which ends in {@code Dao} or {@code DAO}.
   */
  JDBI(
      List.of(
          dao("Dao"),
          dao("DAO"),
          kind("sql.raw", "timer", Names.STATEMENTS, Map.of("dao", "sql", "method", "raw"))),
      List.of()),

  /** Lines logged through Logback, by level. */
  LOGBACK(
      Stream.of("trace", "debug", "info", "warn", "error")
          .map(level -> rule(Names.APPENDER + "." + level, "log_events", Map.of("level", level)))
          .toList(),
      List.of(Names.APPENDER + ".all")),

  /** Codahale's {@code InstrumentedExecutorService} and {@code InstrumentedThreadFactory}. */
  EXECUTORS(
      List.of(
          kind("**.submitted", "meter", "executor_submitted", Names.EXECUTOR),
          kind("**.completed", "meter", "executor_completed", Names.EXECUTOR),
          kind("**.running", "counter", "executor_running", Names.EXECUTOR),
          counter("**.rejected", "counter", "executor_rejected", Names.EXECUTOR),
          kind("**.duration", "timer", "executor_task_duration", Names.EXECUTOR),
          kind("**.idle", "timer", "executor_queue_duration", Names.EXECUTOR),
          counter("**.tasks.completed", "gauge", "executor_tasks_completed", Names.EXECUTOR),
          counter("**.tasks.stolen", "gauge", "executor_tasks_stolen", Names.EXECUTOR),
          kind(
              "**.tasks.*", "gauge", "executor_tasks", Map.of("executor", "${0}", "state", "${1}")),
          kind(
              "**.pool.*",
              "gauge",
              "executor_pool_threads",
              Map.of("executor", "${0}", "threads", "${1}")),
          kind(
              "**.threads.*",
              "gauge",
              "executor_threads",
              Map.of("executor", "${0}", "state", "${1}")),
          kind("**.created", "meter", "executor_threads_created", Names.EXECUTOR),
          kind("**.terminated", "meter", "executor_threads_terminated", Names.EXECUTOR)),
      List.of());

  @SuppressWarnings("ImmutableEnumChecker") // both lists are immutable
  private final List<MappingRule> rules;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> excludes;

  MappingSet(List<MappingRule> rules, List<String> excludes) {
    this.rules = List.copyOf(rules);
    this.excludes = List.copyOf(excludes);
  }

  /** In a class of its own because an enum's constants are initialized before its static fields. */
  private static final class Names {
    static final String HANDLER = "io.dropwizard.jetty.MutableServletContextHandler";
    static final String THREADS = "org.eclipse.jetty.util.thread.QueuedThreadPool";
    static final String DATA_SOURCES = "io.dropwizard.db.ManagedPooledDataSource";
    static final String APPENDER = "ch.qos.logback.core.Appender";
    static final String STATEMENTS = "jdbi_statement_duration";
    static final Map<String, String> POOL = Map.of("pool", "${0}");
    static final Map<String, String> EXECUTOR = Map.of("executor", "${0}");

    private Names() {}
  }

  private static MappingRule rule(String match, String name, Map<String, String> labels) {
    return new MappingRule(match, name, labels);
  }

  private static MappingRule kind(
      String match, String kind, String name, Map<String, String> labels) {
    return new MappingRule(match, name, labels, kind, null, null, null);
  }

  private static MappingRule milliseconds(String match, String name, Map<String, String> labels) {
    return new MappingRule(match, name, labels, null, null, "milliseconds", null);
  }

  /** Uses the whole name of the class, because two packages may have classes of the same name. */
  private static MappingRule dao(String ending) {
    return kind(
        "**.*" + ending + ".*",
        "timer",
        Names.STATEMENTS,
        Map.of("dao", "${0}.${1}" + ending, "method", "${2}"));
  }

  private static MappingRule counter(
      String match, String kind, String name, Map<String, String> labels) {
    return new MappingRule(match, name, labels, kind, "counter", null, null);
  }

  /** Returns the set of this name, in lower case with hyphens, such as {@code http-client}. */
  static Optional<MappingSet> named(String name) {
    return Arrays.stream(values()).filter(set -> set.text().equals(name)).findFirst();
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the set's rules, of which the first match decides. */
  public List<MappingRule> rules() {
    return rules;
  }

  /** Returns globs of metrics that the set does not export, unless a rule matches. */
  public List<String> excludes() {
    return excludes;
  }
}
