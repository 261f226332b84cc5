package dev.ss.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.access.Caller;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.testkit.unit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFactoryTest {
  private static final int MAX_INPUT_BYTES = 12;
  private static final JobType REPORT =
      new JobType("report", List.of("sort"), Duration.ofMinutes(1), 3, Optional.empty());

  private final SettableClock clock = new SettableClock();
  private static final Origin ORIGIN = new Origin(Caller.ANYONE, Optional.empty());

  private final JobFactory factory =
      new JobFactory(Map.of("report", REPORT), MAX_INPUT_BYTES, clock);

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
            new SubmitBody(
                "report", "", Optional.of(priority), Optional.empty(), Optional.of(maxAttempts)));

    assertThat(job.priority()).isEqualTo(priority);
    assertThat(job.maxAttempts()).isEqualTo(maxAttempts);
  }

  @ParameterizedTest
  @ValueSource(ints = {-101, 101, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aPriorityOutOfRangeIsRefused(int priority) {
    assertRefused(
        new SubmitBody("report", "x", Optional.of(priority), Optional.empty(), Optional.empty()),
        ProblemCode.INVALID_FIELD,
        "priority must be from -100 to 100.");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 101})
  void aNumberOfAttemptsOutOfRangeIsRefused(int maxAttempts) {
    assertRefused(
        new SubmitBody("report", "x", Optional.empty(), Optional.empty(), Optional.of(maxAttempts)),
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

  private static SubmitBody body(String jobType, String input) {
    return new SubmitBody(jobType, input, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static SubmitBody at(String runAt) {
    return new SubmitBody("report", "x", Optional.empty(), Optional.of(runAt), Optional.empty());
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
