package dev.ss.api.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.access.Caller;
import dev.ss.api.metrics.RejectionMetrics;
import dev.ss.api.problem.ProblemException;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.TestStore;
import dev.ss.testkit.process.Directories;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever is sent as a batch: refused with a reason, or answered item by item as it is stored. */
class BatchPropertyTest {
  private Path directory;
  private TestStore store;
  private SubmissionHandler submit;

  @BeforeProperty
  void open() throws Exception {
    directory = Files.createTempDirectory("ss-batch-test");
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    BridgeRegistry registry = new BridgeRegistry();
    submit =
        new SubmissionHandler(
            store.submissions(),
            new QueueLimit(OptionalLong.empty(), Duration.ZERO, Duration.ZERO, store.clock()),
            Map.of("a", TestStore.type("a", Optional.empty())),
            100,
            new JobMetrics(registry, JobMetrics.OF_API, List.of("a")),
            new RejectionMetrics(registry, List.of("a")),
            store.clock());
  }

  @AfterProperty
  void close() {
    store.close();
    Directories.delete(directory);
  }

  @Property
  void anyBytes(@ForAll byte[] body) {
    assertAnswersForWhatIsStored(body);
  }

  @Property
  void anyPiecesOfJson(@ForAll("pieces") String body) {
    assertAnswersForWhatIsStored(body.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void anyJsonAsItems(@ForAll("items") List<String> items) {
    String body = "{\"jobs\": [" + String.join(",", items) + "]}";
    int answered = assertAnswersForWhatIsStored(body.getBytes(StandardCharsets.UTF_8));
    assertThat(answered).isEqualTo(items.size());
  }

  /** How many items were answered; none if the batch was refused. */
  private int assertAnswersForWhatIsStored(byte[] body) {
    long before = store.count("jobs");
    try {
      List<Submission> items = submit.submitAll(body, new Origin(Caller.ANYONE, Optional.empty()));
      assertThat(items).isNotEmpty();
      items.forEach(BatchPropertyTest::assertStoredOrRefused);
      long created = items.stream().filter(Submission.Created.class::isInstance).count();
      assertStored(before + created);
      return items.size();
    } catch (ProblemException refused) {
      assertRefusal(refused);
      assertStored(before);
      return 0;
    }
  }

  private void assertStored(long jobs) {
    assertThat(List.of(store.count("jobs"), store.count("job_inputs"))).containsOnly(jobs);
  }

  private static void assertStoredOrRefused(Submission item) {
    if (item instanceof Submission.Refused refused) {
      assertRefusal(refused.problem());
    }
  }

  private static void assertRefusal(ProblemException problem) {
    assertThat(problem.code().status()).isBetween(400, 499);
    assertThat(problem.getMessage()).isNotBlank();
  }

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(
            "{\"jobs\": [",
            "{\"job_type\": \"a\", \"input\": \"x\"}",
            "]}",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"jobs\"",
            "\"input\"",
            "\"\\ud800\"",
            "null",
            "1e999",
            "-",
            " ")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> items() {
    Arbitrary<String> value =
        Arbitraries.of(
            "\"a\"",
            "\"b\"",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"" + "x".repeat(101) + "\"",
            "\"2030-01-01T00:00:00Z\"",
            "\"2001-01-01T00:00:00Z\"",
            "null",
            "true",
            "1",
            "1.5",
            "-101",
            "99999999999999999999",
            "{}",
            "{\"a\": \"b\"}",
            "{\"a\": \"\\ud800\"}",
            "{\"a\": null}",
            "\"1s\"",
            "[[]]");
    Arbitrary<String> name =
        Arbitraries.of(
            "job_type",
            "input",
            "priority",
            "run_at",
            "max_attempts",
            "parameters",
            "labels",
            "timeout",
            "idempotency_key",
            "unknown");
    Arbitrary<String> good =
        value.map(
            key ->
                "{\"job_type\": \"a\", \"input\": \"x\", \"idempotency_key\": %s}".formatted(key));
    Arbitrary<String> any =
        Arbitraries.maps(name, value)
            .ofMaxSize(7)
            .map(
                fields ->
                    fields.entrySet().stream()
                        .map(field -> "\"%s\": %s".formatted(field.getKey(), field.getValue()))
                        .collect(Collectors.joining(",", "{", "}")));
    return Arbitraries.oneOf(good, any, value).list().ofMinSize(1).ofMaxSize(20);
  }
}
