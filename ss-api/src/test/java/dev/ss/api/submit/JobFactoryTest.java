package dev.ss.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.access.Caller;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobOptions;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.job.Objectives;
import dev.ss.job.Parameter;
import dev.ss.job.Parameters;
import dev.ss.testkit.unit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFactoryTest {
  private static final int MAX_INPUT_BYTES = 12;
  private static final JobType REPORT =
      new JobType("report", List.of("sort"), Duration.ofMinutes(1), 3, Optional.empty());

  private static final JobType RESIZE =
      new JobType(
          "resize",
          List.of("convert"),
          Duration.ofMinutes(1),
          3,
          Optional.empty(),
          Limits.NONE,
          Objectives.NONE,
          new Parameters(
              new TreeMap<>(
                  Map.of(
                      "size",
                      new Parameter(Pattern.compile("[0-9]+x[0-9]+"), Optional.empty()),
                      "format",
                      new Parameter(Pattern.compile("png"), Optional.of("png"))))));

  private final SettableClock clock = new SettableClock();
  private static final Origin ORIGIN = new Origin(Caller.ANYONE, Optional.empty());

  private final JobFactory factory =
      new JobFactory(Map.of("report", REPORT, "resize", RESIZE), MAX_INPUT_BYTES, clock);

  @Test
  void whatTheClientLeavesOutTakesItsDefault() {
    NewJob job = job(body("report", "x"));

    assertThat(job.jobType()).isEqualTo("report");
    assertThat(job.input().first()).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
    assertThat(job.priority()).isZero();
    assertThat(job.maxAttempts()).isEqualTo(3);
    assertThat(job.createdAt()).isEqualTo(clock.instant());
    assertThat(job.runAt()).isEqualTo(clock.instant());
    assertThat(job.idempotency()).isEmpty();
  }

  @Test
  void idsSortInTheOrderOfTheJobs() {
    assertThat(job(body("report", "x")).id()).isLessThan(job(body("report", "x")).id());
  }

  @ParameterizedTest
  @CsvSource({"-100, 1", "100, 100"})
  void theLimitsAreAllowed(int priority, int maxAttempts) {
    NewJob job =
        job(
            Bodies.of(
                "report", "", Optional.of(priority), Optional.empty(), Optional.of(maxAttempts)));

    assertThat(job.priority()).isEqualTo(priority);
    assertThat(job.maxAttempts()).isEqualTo(maxAttempts);
  }

  @ParameterizedTest
  @ValueSource(ints = {-101, 101, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aPriorityOutOfRangeIsRefused(int priority) {
    assertRefused(
        Bodies.of("report", "x", Optional.of(priority), Optional.empty(), Optional.empty()),
        ProblemCode.INVALID_FIELD,
        "priority must be from -100 to 100.");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void aNumberOfAttemptsOutOfRangeIsRefused(int maxAttempts) {
    assertRefused(
        Bodies.of("report", "x", Optional.empty(), Optional.empty(), Optional.of(maxAttempts)),
        ProblemCode.INVALID_FIELD,
        "max_attempts must be from 1 to 100.");
  }

  @Test
  void aJobForLaterRunsThen() {
    Instant tomorrow = clock.instant().plus(Duration.ofDays(1));

    assertThat(job(at(tomorrow.toString().replace("Z", "+00:00"))).runAt()).isEqualTo(tomorrow);
    assertThat(job(at(clock.instant().plus(Duration.ofDays(366)).toString())).runAt())
        .isEqualTo(clock.instant().plus(Duration.ofDays(366)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-02-03T04:05:06Z", "-999999999-01-01T00:00:00+18:00"})
  void aTimeInThePastMeansNow(String past) {
    assertThat(job(at(past)).runAt()).isEqualTo(clock.instant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-02-30T12:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31 12:00:00Z",
        "+1000000000-01-01T00:00:00Z",
      })
  void aTimeThatIsNotATimeWithAnOffsetIsRefused(String runAt) {
    assertRefused(
        at(runAt),
        ProblemCode.INVALID_FIELD,
        "run_at must be a time with an offset, as in 2026-01-31T12:00:00Z.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+999999999-12-31T23:59:59-18:00", "9999-12-31T23:59:59Z", "one too late"})
  void aTimeBeyondTheLimitIsRefused(String runAt) {
    Instant tooLate = clock.instant().plus(Duration.ofDays(366)).plusMillis(1);

    assertRefused(
        at(runAt.equals("one too late") ? tooLate.toString() : runAt),
        ProblemCode.INVALID_FIELD,
        "run_at must be at most 366 days from now.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "Report", "report ", "../report", "\ud800", "\u0000"})
  void aJobTypeThatIsNotConfiguredIsRefused(String jobType) {
    assertRefused(
        body(jobType, "x"),
        ProblemCode.UNKNOWN_JOB_TYPE,
        "There is no such job type; GET /v1/job-types lists those there are.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udc00", "x\ud83dx", "\ude00\ud83d"})
  void anUnpairedSurrogateInTheInputIsRefused(String input) {
    assertRefused(
        body("report", input),
        ProblemCode.INVALID_FIELD,
        "input has an unpaired surrogate, which UTF-8 cannot hold.");
  }

  @ParameterizedTest
  @CsvSource({"a, 1", "ü, 2", "€, 3", "😀, 4"})
  void anInputHasAtMostTheConfiguredNumberOfBytesInUtf8(String character, int bytes) {
    String largest = character.repeat(MAX_INPUT_BYTES / bytes);

    assertThat(job(body("report", largest)).input().first())
        .isEqualTo(largest.getBytes(StandardCharsets.UTF_8))
        .hasSize(MAX_INPUT_BYTES);
    assertRefused(
        body("report", largest + "x"),
        ProblemCode.INPUT_TOO_LARGE,
        "input has 13 bytes in UTF-8; the maximum in JSON is 12. Send a larger one as the body of"
            + " POST /v1/jobs?job_type=…, with Content-Type: application/octet-stream.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void anIdempotencyKeyHasOneToTwoHundredCharacters(int length) {
    String key = "k".repeat(length);

    assertThat(job(body("report", "x"), key).idempotency().map(Idempotency::key)).contains(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "tab\tinside", "ü", "grüße", "€", "\u0000", "long"})
  void anotherKeyIsRefused(String key) {
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () -> job(body("report", "x"), key.equals("long") ? "k".repeat(201) : key));

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_IDEMPOTENCY_KEY);
    assertThat(refusal).hasMessage("An idempotency key must be 1 to 200 visible ASCII characters.");
  }

  @Test
  void whatTheClientChoosesIsKeptAsItIs() {
    Map<String, String> parameters = Map.of("size", "8x6");
    Map<String, String> labels = Map.of("team", "data");

    assertThat(job(Bodies.with(parameters, labels, Optional.of("30s"))).options())
        .isEqualTo(new JobOptions(parameters, labels, Optional.of(Duration.ofSeconds(30))));
    assertThat(job(Bodies.with(parameters, Map.of(), Optional.of("1m"))).options().timeout())
        .contains(Duration.ofMinutes(1));
  }

  @Test
  void parametersThatDoNotFitAreRefusedWithoutTheirValues() {
    assertRefused(
        Bodies.with(Map.of("size", "big"), Map.of(), Optional.empty()),
        ProblemCode.INVALID_FIELD,
        "The parameter size must match [0-9]+x[0-9]+, with at most 1000 characters and no control"
            + " characters.");
    assertRefused(
        Bodies.with(Map.of("size", "8x6", "sise", "x"), Map.of(), Optional.empty()),
        ProblemCode.UNKNOWN_FIELD,
        "The parameters of the job type are format, size.");
    assertRefused(
        Bodies.of("resize", "x", Optional.empty(), Optional.empty(), Optional.empty()),
        ProblemCode.MISSING_FIELD,
        "The parameter size is required.");
    assertRefused(
        Bodies.of("report", "x", Map.of("size", "8x6")),
        ProblemCode.UNKNOWN_FIELD,
        "The job type has no parameters.");
  }

  @Test
  void aJobHasAtMostSixteenLabels() {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < 16; i++) {
      labels.put("key-" + i, "x");
    }
    assertThat(job(Bodies.with(Map.of("size", "8x6"), labels, Optional.empty())).options().labels())
        .isEqualTo(labels);
    labels.put("one-more", "x");
    assertRefused(
        Bodies.with(Map.of("size", "8x6"), labels, Optional.empty()),
        ProblemCode.INVALID_FIELD,
        "labels must be at most 16.");
  }

  @Test
  void aLabelThatIsNoneIsRefused() {
    Map<String, String> withNull = new HashMap<>();
    withNull.put("team", null);
    assertRefused(
        Bodies.with(Map.of("size", "8x6"), withNull, Optional.empty()),
        ProblemCode.INVALID_FIELD,
        "labels must be an object of strings.");
    assertRefused(
        Bodies.with(Map.of("size", "8x6"), Map.of("a:b", "c"), Optional.empty()),
        ProblemCode.INVALID_FIELD,
        "labels: a key has 1 to 63 letters, digits and . _ / -, and begins with a letter or digit;"
            + " a value has 1 to 200 characters, none of them a control character.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0s", "-1s", "1ns", "61s", "2m", "60", "soon", "9999999999999999999d"})
  void aTimeoutThatIsNoneOrLongerThanTheTypesIsRefused(String timeout) {
    assertRefused(
        Bodies.with(Map.of("size", "8x6"), Map.of(), Optional.of(timeout)),
        ProblemCode.INVALID_FIELD,
        "timeout must be a duration such as 30s, more than 0 and at most 60s, that of the"
            + " job type.");
  }

  private static SubmitBody body(String jobType, String input) {
    return Bodies.of(jobType, input, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SubmitBody at(String runAt) {
    return Bodies.of("report", "x", Optional.empty(), Optional.of(runAt), Optional.empty());
  }

  private NewJob job(SubmitBody body) {
    return factory.of(body, Optional.empty(), ORIGIN);
  }

  private NewJob job(SubmitBody body, String key) {
    return factory.of(body, Optional.of(key), ORIGIN);
  }

  private void assertRefused(SubmitBody body, ProblemCode code, String detail) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> job(body));

    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessage(detail);
  }
}
