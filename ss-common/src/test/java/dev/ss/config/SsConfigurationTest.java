package dev.ss.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ss.job.Backoff;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.Objectives;
import dev.ss.job.Parameters;
import dev.ss.job.Schedule;
import dev.ss.job.Timetable;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.util.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsConfigurationTest {
  private static final String THREE_TYPES =
      "jobTypes: {a: {command: [x]}, b: {command: [x]}, c: {command: [x]}}\n";
  private static final String JOB_TYPES = "jobTypes: {word-count: {command: [wc, -w]}}\n";

  private static SsConfiguration parse(String yaml) throws Exception {
    return Configurations.parse(yaml, Map.of());
  }

  /** The message of the error that keeps this from being a configuration. */
  private static String errorIn(String yaml) {
    Throwable error = catchThrowable(() -> parse(yaml));
    assertThat(error).isInstanceOf(ConfigurationException.class);
    return error.getMessage();
  }

  @Test
  void theProjectsOwnFileNeedsNoEnvironment() throws Exception {
    SsConfiguration configuration = Configurations.read(Path.of("..", "config.yml"), Map.of());

    assertThat(configuration.api().connector().getPort()).isEqualTo(8000);
    assertThat(configuration.worker().connector().getPort()).isEqualTo(8001);
    assertThat(configuration.database().url()).isEqualTo("jdbc:sqlite:data/ss.db");
    assertThat(configuration.jobTypes()).extracting(JobType::name).contains("word-count");
  }

  @ParameterizedTest
  @CsvSource({
    "SS_API_PORT,             9000",
    "SS_BIND_HOST,            0.0.0.0",
    "SS_API_SHUTDOWN_DELAY,   7 seconds",
    "SS_STATUS_PAGE,          false",
    "SS_WORKER_ID,            w-7",
    "SS_WORKER_SLOTS,         17",
    "SS_WORKER_JOB_TYPES,     checksum",
    "SS_WORKER_RUN_AS,        ss-run",
    "SS_WORKER_METRICS_PORT,  9001",
    "SS_DATABASE_URL,         jdbc:postgresql://db/ss",
    "SS_DATABASE_USER,        app",
    "SS_DATABASE_PASSWORD,    secret",
    "SS_RETENTION_FINAL_JOBS, 3 days",
    "SS_TOKENS_FILE,          tokens.yml",
    "SS_ACCESS_OPEN,          true",
    "SS_ALLOWED_HOSTS,        ss.example"
  })
  void theProjectsOwnFileHonoursTheDocumentedVariables(String variable, String value)
      throws Exception {
    SsConfiguration configuration =
        Configurations.read(Path.of("..", "config.yml"), Map.of(variable, value));

    DatabaseSection database = configuration.database();
    assertThat(
            List.of(
                Integer.toString(configuration.api().connector().getPort()),
                configuration.api().connector().getBindHost(),
                configuration.api().shutdownDelay().toString(),
                configuration.api().statusPage().toString(),
                configuration.worker().id(),
                configuration.worker().slots().toString(),
                String.join(",", configuration.worker().jobTypes()),
                String.join(",", configuration.worker().runAs()),
                Integer.toString(configuration.worker().connector().getPort()),
                configuration.access().tokensFile(),
                configuration.access().open().toString(),
                String.join(",", configuration.access().allowedHosts()),
                database.url(),
                database.user(),
                database.password(),
                configuration.retention().finalJobs().toString()))
        .contains(value);
  }

  @Test
  void whatIsLeftOutTakesItsDefault() throws Exception {
    SsConfiguration configuration = parse(JOB_TYPES);

    assertThat(configuration.api()).usingRecursiveComparison().isEqualTo(ApiSection.defaults());
    assertThat(configuration.worker())
        .usingRecursiveComparison()
        .isEqualTo(WorkerSection.defaults());
    assertThat(configuration.database()).isEqualTo(DatabaseSection.defaults());
    assertThat(configuration.retry()).isEqualTo(RetrySection.defaults());
    assertThat(configuration.retention()).isEqualTo(RetentionSection.defaults());
    assertThat(configuration.jobTypes())
        .containsExactly(
            new JobType(
                "word-count",
                List.of("wc", "-w"),
                Duration.ofHours(1),
                3,
                Optional.empty(),
                Limits.NONE,
                new Objectives(Optional.empty(), Optional.empty(), false, 0.99)));
  }

  @Test
  void aSectionMayLeaveOutAllButOneKey() throws Exception {
    ApiSection api = parse(JOB_TYPES + "api: {maxInputSize: 2KiB}").api();

    assertThat(api.maxInputSize()).isEqualTo(DataSize.kibibytes(2));
    assertThat(api.connector().getPort()).isEqualTo(8000);
  }

  @Test
  void theQueueHasALimitUnlessToldOtherwise() throws Exception {
    assertThat(parse(JOB_TYPES).api().queueLimit()).hasValue(100_000);
    assertThat(parse(JOB_TYPES + "api: {maxQueuedJobs: 0}").api().queueLimit()).isEmpty();
  }

  @Test
  void onlyThisMachineReachesTheApiUnlessToldOtherwise() throws Exception {
    assertThat(parse(JOB_TYPES).api().connector().getBindHost()).isEqualTo("127.0.0.1");
    assertThat(parse(JOB_TYPES).worker().connector().getBindHost()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{type: http}", "{type: http, port: 9}", "{type: http, bindHost: }"})
  void aConnectorThatNamesNoAddressIsReachedFromThisMachineOnly(String connector) throws Exception {
    SsConfiguration configuration =
        parse(JOB_TYPES + "api: {connector: %1$s}\nworker: {connector: %1$s}".formatted(connector));

    assertThat(configuration.api().connector().getBindHost()).isEqualTo("127.0.0.1");
    assertThat(configuration.worker().connector().getBindHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void aConnectorThatNamesNoPortHasTheUsualOne() throws Exception {
    String tls = "{type: https, bindHost: 0.0.0.0, keyStorePath: x, keyStorePassword: y}";
    SsConfiguration configuration =
        parse(JOB_TYPES + "api: {connector: %1$s}\nworker: {connector: %1$s}".formatted(tls));

    assertThat(configuration.api().connector().getPort()).isEqualTo(8000);
    assertThat(configuration.worker().connector().getPort()).isEqualTo(8001);
    assertThat(configuration.worker().connector().getBindHost()).isEqualTo("0.0.0.0");
  }

  @ParameterizedTest
  @CsvSource({
    "'api: {port: 1}',           api.port is now api.connector.port",
    "'api: {bindHost: x}',       api.bindHost is now api.connector.bindHost",
    "'worker: {metricsPort: 1}', worker.metricsPort is now worker.connector.port",
    "'worker: {bindHost: x}',    worker.bindHost is now worker.connector.bindHost",
  })
  void aKeyOfAnEarlierVersionIsAnErrorThatNamesTheNewOne(String yaml, String message) {
    assertThat(errorIn(JOB_TYPES + yaml)).contains(message);
  }

  @Test
  void aWorkerOffersAllTypesUnlessToldOtherwise() throws Exception {
    SsConfiguration configuration = parse("jobTypes: {b: {command: [x]}, a: {command: [x]}}");

    assertThat(configuration.offeredJobTypes()).isEqualTo(configuration.jobTypes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[c, a]", "'a,c'", "'c, a,'", "[a, 'c,a']"})
  void aWorkerMayOfferSomeTypes(String offered) throws Exception {
    SsConfiguration configuration =
        parse(THREE_TYPES + "worker: {jobTypes: %s}".formatted(offered));

    assertThat(configuration.offeredJobTypes()).extracting(JobType::name).containsExactly("a", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "''", "", "${SS_WORKER_JOB_TYPES:-}"})
  void aWorkerThatIsToldNothingOffersAll(String offered) throws Exception {
    SsConfiguration configuration =
        parse(THREE_TYPES + "worker:\n  jobTypes: %s\n".formatted(offered));

    assertThat(configuration.offeredJobTypes())
        .extracting(JobType::name)
        .containsExactly("a", "b", "c");
  }

  @Test
  void commandsRunAsOneUserOrAsOneForEachSlot() throws Exception {
    assertThat(parse(JOB_TYPES).worker().runAs()).isEmpty();
    assertThat(parse(JOB_TYPES + "worker: {runAs: ''}").worker().runAs()).isEmpty();
    assertThat(parse(JOB_TYPES + "worker: {runAs: ss-run}").worker().runAs())
        .containsExactly("ss-run");
    assertThat(parse(JOB_TYPES + "worker: {slots: 2, runAs: 'a,b'}").worker().runAs())
        .containsExactly("a", "b");
    assertThat(errorIn(JOB_TYPES + "worker: {slots: 3, runAs: [a, b]}"))
        .contains("worker.runAs", "worker.slots (3)");
    assertThat(errorIn(JOB_TYPES + "worker: {runAs: --reset-env}")).contains("worker.runAs");
  }

  @Test
  void aTypeThatIsOfferedButNotConfiguredIsAnErrorThatNamesKeyAndType() {
    assertThat(errorIn(THREE_TYPES + "worker: {jobTypes: [a, reprot]}"))
        .contains("worker.jobTypes", "reprot is not");
  }

  @Test
  void metricsAreServedWhereTheProcessesSayAndNowhereElse() {
    assertThat(errorIn(JOB_TYPES + "metrics: {connector: admin}")).contains("metrics.connector");
    assertThat(errorIn(JOB_TYPES + "metrics: {path: /prometheus}")).contains("metrics.path");
  }

  @Test
  void aTypeHasNoLimitUnlessToldOtherwise() throws Exception {
    assertThat(parse(JOB_TYPES).jobTypes().get(0).maxRunning()).isEmpty();
  }

  @Test
  void finalJobsAreKeptForAWeekUnlessToldOtherwise() throws Exception {
    assertThat(parse(JOB_TYPES).retention().ofFinalJobs()).contains(Duration.ofDays(7));
    assertThat(parse(JOB_TYPES + "retention: {finalJobs: 90m}").retention().ofFinalJobs())
        .contains(Duration.ofMinutes(90));
    assertThat(parse(JOB_TYPES + "retention: {finalJobs: 0s}").retention().ofFinalJobs()).isEmpty();
    assertThat(errorIn(JOB_TYPES + "retention: {finalJobs: -1s}")).contains("retention.finalJobs");
  }

  @Test
  void aTypeMayHaveToSucceedNowAndThen() throws Exception {
    SsConfiguration configuration =
        parse("jobTypes: {a: {command: [x], maxTimeWithoutSuccess: 26h}, b: {command: [x]}}");

    assertThat(configuration.maxTimesWithoutSuccess()).isEqualTo(Map.of("a", Duration.ofHours(26)));
    assertThat(errorIn("jobTypes: {a: {command: [x], maxTimeWithoutSuccess: 0s}}"))
        .contains("jobTypes[a].maxTimeWithoutSuccess");
  }

  @Test
  void aScheduleHasWhatItSaysAndDefaults() throws Exception {
    List<Schedule> schedules =
        parse(
                THREE_TYPES
                    + """
                    schedules:
                      often: {cron: "*/5 * * * *", jobType: b}
                      nightly:
                        {cron: "0 2 * * *", zone: Europe/Berlin, jobType: a, input: "yesterday\\n", priority: 7, catchUp: 6h}
                    """)
            .schedules();

    assertThat(schedules).extracting(Schedule::name).containsExactly("nightly", "often");
    Schedule nightly = schedules.get(0);
    assertThat(nightly.timetable())
        .isEqualTo(Timetable.of("0 2 * * *", ZoneId.of("Europe/Berlin")));
    assertThat(nightly.jobType().name()).isEqualTo("a");
    assertThat(nightly.input()).asString().isEqualTo("yesterday\n");
    assertThat(nightly.priority()).isEqualTo(7);
    assertThat(nightly.catchUp()).isEqualTo(Duration.ofHours(6));
    Schedule often = schedules.get(1);
    assertThat(often.timetable()).isEqualTo(Timetable.of("*/5 * * * *", ZoneId.of("UTC")));
    assertThat(often.input()).isEmpty();
    assertThat(often.priority()).isZero();
    assertThat(often.catchUp()).isEqualTo(Duration.ofHours(1));
    assertThat(parse(JOB_TYPES).schedules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "n: {cron: '0 2 * *', jobType: a};                      schedules[n].cron;     five fields",
        "n: {cron: '0 25 * * *', jobType: a};                   schedules[n].cron;     25",
        "n: {cron: '0 0 30 2 *', jobType: a};                   schedules[n].cron;     No day is like that",
        "n: {jobType: a};                                       schedules[n].cron;     when the schedule is due",
        "n: {cron: '0 2 * * *', zone: Europe/Brelin, jobType: a}; schedules[n].zone;   Europe/Brelin is not",
        "n: {cron: '0 2 * * *', jobType: d};                    schedules[n].jobType;  d is not",
        "n: {cron: '0 2 * * *'};                                schedules[n].jobType;  name of jobTypes",
        "n: {cron: '0 2 * * *', jobType: a, catchUp: 1s};       schedules[n].catchUp;  MINUTES",
        "n: {cron: '0 2 * * *', jobType: a, priority: 101};     schedules[n].priority; 100",
        "n: {cron: '0 2 * * *', jobType: a, timezone: UTC};     timezone;              Unrecognized",
        "n: ;                                                   schedules[n];          null",
        "N_1: {cron: '0 2 * * *', jobType: a};                  schedules;             lower case letters"
      })
  void aWrongScheduleIsAnErrorThatNamesTheKey(String schedule, String key, String reason) {
    assertThat(errorIn(THREE_TYPES + "schedules:\n  " + schedule)).contains(key, reason);
  }

  @Test
  void theInputOfAScheduleMayNotBeLargerThanThatOfAClient() {
    assertThat(
            errorIn(
                THREE_TYPES
                    + "api: {maxInputSize: 3B}\n"
                    + "schedules: {n: {cron: '@daily', jobType: a, input: four}}"))
        .contains("schedules[n].input", "api.maxInputSize");
  }

  @Test
  void jobTypesComeInTheOrderOfTheirNames() throws Exception {
    SsConfiguration configuration =
        parse("jobTypes: {b: {command: [x]}, a-2: {command: [x]}, a: {command: [x]}}");

    assertThat(configuration.jobTypes()).extracting(JobType::name).containsExactly("a", "a-2", "b");
  }

  @Test
  void aJobTypeSaysEverythingAboutItself() throws Exception {
    SsConfiguration configuration =
        parse(
            "jobTypes: {report: {command: [make, report], timeout: 90s, maxAttempts: 1,"
                + " maxRunning: 2, limits: {memory: 512MiB, processes: 64, cpu: 2, files: 1GiB,"
                + " descriptors: 256}, objectives: {startWithin: 30s, endWithin: 10m, succeed: true,"
                + " target: 0.95}}}");

    assertThat(configuration.jobTypes())
        .containsExactly(
            new JobType(
                "report",
                List.of("make", "report"),
                Duration.ofSeconds(90),
                1,
                Optional.of(2),
                new Limits(
                    Optional.of(512L << 20),
                    Optional.of(64L),
                    Optional.of(2.0),
                    Optional.of(1L << 30),
                    Optional.of(256L)),
                new Objectives(
                    Optional.of(Duration.ofSeconds(30)),
                    Optional.of(Duration.ofMinutes(10)),
                    true,
                    0.95)));
  }

  @ParameterizedTest
  @CsvSource({
    "target: 1,         target",
    "target: 0.4,       target",
    "startWithin: 0s,   startWithin",
    "endWithin: -1s,    endWithin",
    "startsWithin: 5s,  startsWithin"
  })
  void anObjectiveThatCannotBeKeptIsAnErrorThatNamesIt(String objective, String key) {
    assertThat(
            errorIn("jobTypes: {report: {command: [make], objectives: {%s}}}".formatted(objective)))
        .contains("report", key);
  }

  @Test
  void theRetrySectionIsABackoff() throws Exception {
    Backoff backoff =
        parse(JOB_TYPES + "retry: {initialDelay: 2s, multiplier: 3, maxDelay: 10s, jitter: 0}")
            .retry()
            .backoff();

    assertThat(List.of(backoff.after(1), backoff.after(2), backoff.after(3)))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(10));
  }

  @Test
  void theLeaseOutlastsAFewHeartbeats() throws Exception {
    assertThat(parse(JOB_TYPES + "worker: {heartbeatInterval: 3s}").worker().lease())
        .isEqualTo(Duration.ofSeconds(12));
  }

  @ParameterizedTest
  @CsvSource({
    "'wokrer: {}',                                             wokrer",
    "'api: {prot: 1}',                                         prot",
    "'api: {connector: {type: http, bindhost: x}}',            bindhost",
    "'databse: {url: x}',                                      databse",
    "'worker: {slot: 1}',                                      slot",
    "'database: {pasword: x}',                                 pasword",
    "'retry: {delay: 1s}',                                     delay",
    "'logging: {levle: INFO}',                                 levle",
    "'server: {type: simple}',                                 server",
    "'server: {}',                                             server",
    "'admin: {}',                                              admin",
    "'health: {}',                                             health"
  })
  void anUnknownKeyIsAnErrorThatNamesIt(String yaml, String key) {
    assertThat(errorIn(JOB_TYPES + yaml)).contains(key);
  }

  @Test
  void anUnknownKeyInAJobTypeIsAnErrorThatNamesIt() {
    assertThat(errorIn("jobTypes: {word-count: {command: [wc], shell: true}}"))
        .contains("shell", "word-count");
  }

  @ParameterizedTest
  @CsvSource({
    "'api: {connector: {type: http, port: eight}}',      api.connector.port",
    "'api: {connector: {type: http, port: 0}}',          api.connector.port",
    "'api: {connector: {type: http, port: -1}}',         api.connector.port",
    "'api: {connector: {type: http, port: 65536}}',      api.connector.port",
    "'api: {connector: {type: http, port: \"${SS_API_PORT:-eighty}\"}}', api.connector.port",
    "'api: {connector: {type: http, bindHost: \"\"}}',   api.connector.bindHost",
    "'api: {connector: {type: htps}}',                   api.connector",
    "'api: {connector: {type: https}}',                  keyStorePath",
    "'api: {requestLog: {appenders: [{type: paper}]}}',  api.requestLog",
    "'api: {maxInputSize: 0B}',                  maxInputSize",
    "'api: {maxBatchSize: 0B}',                  maxBatchSize",
    "'api: {maxBatchSize: 1GiB}',                maxBatchSize",
    "'api: {maxQueuedJobs: -1}',                 maxQueuedJobs",
    "'api: {maxQueuedJobs: many}',               maxQueuedJobs",
    "'api: {shutdownDelay: 11m}',                shutdownDelay",
    "'api: {maxWait: 2h}',                       maxWait",
    "'worker: {connector: {type: http, port: -1}}',      worker.connector.port",
    "'worker: {connector: {type: http, port: 65536}}',   worker.connector.port",
    "'worker: {slots: 0}',                       slots",
    "'worker: {id: \"two words\"}',              id",
    "'worker: {id: \"\"}',                       id",
    "'worker: {pollInterval: 0s}',               pollInterval",
    "'worker: {heartbeatInterval: 1d}',          heartbeatInterval",
    "'database: {url: \"\"}',                    url",
    "'database: {connectTimeout: 0s}',           connectTimeout",
    "'database: {connectTimeout: 2m}',           connectTimeout",
    "'database: {statementTimeout: 10ms}',       statementTimeout",
    "'database: {statementTimeout: 1h}',         statementTimeout",
    "'retry: {multiplier: 0.5}',                 multiplier",
    "'retry: {jitter: 2}',                       jitter",
    "'retry: {initialDelay: soon}',              initialDelay"
  })
  void aValueThatCannotBeIsAnErrorThatNamesItsKey(String yaml, String key) {
    assertThat(errorIn(JOB_TYPES + yaml)).contains(key);
  }

  @Test
  void aWorkerWithoutMetricsPortIsAllowed() throws Exception {
    assertThat(
            parse(JOB_TYPES + "worker: {connector: {type: http, port: 0}}")
                .worker()
                .connector()
                .getPort())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api: {}", "jobTypes: {}", "jobTypes:"})
  void withoutJobTypesThereIsNothingToDo(String yaml) {
    assertThat(errorIn(yaml)).contains("jobTypes", "at least one job type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Word-Count", "word_count", "-word", "word count", "'{}'", "a/b"})
  void aJobTypeHasASimpleName(String name) {
    assertThat(errorIn("jobTypes: {%s: {command: [wc]}}".formatted(name)))
        .contains("lower case letters, digits and hyphens");
  }

  @Test
  void aJobTypesNameHasAnEnd() {
    assertThat(errorIn("jobTypes: {%s: {command: [wc]}}".formatted("a".repeat(64))))
        .contains("at most 63");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{command: []}", "{timeout: 1s}"})
  void aJobTypeHasACommand(String section) {
    assertThat(errorIn("jobTypes: {word-count: %s}".formatted(section)))
        .contains("word-count", "command", "must name a program");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxAttempts: 0",
        "maxAttempts: 101",
        "maxRunning: 0",
        "timeout: 0s",
        "timeout: 8d",
        "memory: 1KiB",
        "processes: 0",
        "cpu: 0",
        "files: 0B",
        "descriptors: 3",
        "swap: 0B"
      })
  void aJobTypesLimitsHaveLimits(String limit) {
    boolean ofType = limit.startsWith("max") || limit.startsWith("timeout");
    String key = ofType ? limit : "limits: {%s}".formatted(limit);
    assertThat(errorIn("jobTypes: {word-count: {command: [wc], %s}}".formatted(key)))
        .contains("word-count", limit.substring(0, limit.indexOf(':')));
  }

  @Test
  void aJobTypesParametersHaveAPatternAndMayHaveADefault() throws Exception {
    Parameters parameters =
        parse(
                "jobTypes: {resize: {command: [convert, '-size={size}', '{format}:-'], parameters: {"
                    + "size: {pattern: '[0-9]+'}, format: {pattern: 'png|jpg', default: png}}}}")
            .jobTypes()
            .get(0)
            .parameters();

    assertThat(parameters.byName()).containsOnlyKeys("format", "size");
    assertThat(parameters.fill(List.of("convert", "{size}", "{format}:-"), Map.of("size", "7")))
        .containsExactly("convert", "7", "png:-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['x', '{a}'] | a: {pattern: '['}                 | jobTypes[t].parameters[a].pattern",
        "['x', '{a}'] | a: {}                             | jobTypes[t].parameters[a].pattern",
        "['x', '{a}'] | a: {pattern: '[0-9]', default: x} | jobTypes[t].parameters[a].default",
        "['x', '{a}'] | a: {pattern: '(a+)+b', default: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa} | jobTypes[t].parameters[a].default",
        "['x', '{a}'] | a: {pattern: x, defualt: x}       | defualt",
        "['x', '{a}'] | a:                                | jobTypes[t].parameters[a]",
        "['x', '{A}'] | A: {pattern: x}                   | must be a name of lower case letters",
        "['x', '{a}'] | {a: {pattern: x}, b: {pattern: x}} | jobTypes[t].parameters[b] must have a placeholder",
        "['x', y]     | a: {pattern: x}                   | jobTypes[t].parameters[a] must have a placeholder",
        "['x', '{{a}}'] | a: {pattern: x}                 | jobTypes[t].parameters[a] must have a placeholder",
        "['x', '{a}', '{b}'] | a: {pattern: x}            | jobTypes[t].command has a placeholder for b",
        "['{a}', '{a}'] | a: {pattern: x}                 | jobTypes[t].command must have no placeholder in its first",
      })
  void parametersThatCannotBeAreAnErrorThatNamesTheKey(
      String command, String parameters, String expected) {
    String section = parameters.startsWith("{") ? parameters : "{%s}".formatted(parameters);
    assertThat(errorIn("jobTypes: {t: {command: %s, parameters: %s}}".formatted(command, section)))
        .contains(expected);
  }

  /** Commands of before there were parameters. */
  @Test
  void aCommandOfATypeWithoutParametersMayHaveAnyBraces() throws Exception {
    assertThat(
            parse("jobTypes: {t: {command: ['{x}', '{print $1}', '{a}', '{{b}}']}}")
                .jobTypes()
                .get(0)
                .command())
        .containsExactly("{x}", "{print $1}", "{a}", "{{b}}");
  }

  @Test
  void aJobTypeWithoutASectionIsAnErrorThatNamesIt() {
    assertThat(errorIn("jobTypes: {word-count: }")).contains("word-count");
  }

  @Test
  void theDatabaseSectionShowsNoSecret() {
    assertThat(
            new DatabaseSection("jdbc:postgresql://db/ss?password=one", "two", "three", null, null))
        .asString()
        .doesNotContain("one", "two", "three", "postgresql");
  }
}
