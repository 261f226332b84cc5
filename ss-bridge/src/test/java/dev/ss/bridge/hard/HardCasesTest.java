package dev.ss.bridge.hard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.Exposition;
import dev.ss.bridge.strict.StrictReader;
import io.dropwizard.core.Application;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the hard cases with both bridges, and compares the results with docs/bridge.md. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class HardCasesTest {
  private static final String HEAD =
      """

      | | stock 1.4.3 | ss-bridge, with Dropwizard 5.0.1 and 4.0.17 |
      |---|---|---|
      """;

  private static final Locale OTHER_DIGITS = Locale.forLanguageTag("ar-EG-u-nu-arab");

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<HardRun.Seen> runs = new ArrayList<>();

  @BeforeAll
  void run() throws Exception {
    List<HardCase> usual =
        Stream.of(ValueCases.all(), new GaugeCases(end).all(), NameCases.all(), LifeCases.all())
            .flatMap(List::stream)
            .toList();
    runs.add(HardRun.in(Locale.ROOT, usual, end));
    runs.add(HardRun.in(OTHER_DIGITS, LocaleCases.all(), end));
  }

  Stream<Arguments> cases() {
    return runs.stream()
        .flatMap(run -> run.cases().stream().map(hard -> Arguments.of(hard.name(), hard, run)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void thisLibraryShowsTheCaseAmongAllOthers(String name, HardCase hard, HardRun.Seen run) {
    assertThat(run.ours())
        .as(name)
        .isInstanceOfSatisfying(Answer.Scraped.class, page -> hard.ours().check().accept(page));
  }

  @Test
  void thePageOfAllCasesIsWellFormed() {
    assertThat(runs)
        .allSatisfy(
            run ->
                assertThat(run.ours())
                    .isInstanceOfSatisfying(
                        Answer.Scraped.class,
                        page -> {
                          Exposition.parse(page.page().text());
                          StrictReader.openMetrics(page.openMetrics().getBytes(UTF_8));
                        }));
  }

  @Test
  void nobodyIsToldWhatAGaugeThrew() {
    assertThat(runs.get(0).ours())
        .isInstanceOfSatisfying(
            Answer.Scraped.class,
            page -> assertThat(page.page().text()).doesNotContainIgnoringCase("secret"));
  }

  @Test
  void theDocumentSaysWhatBothShow() {
    HardTable document = new HardTable();
    String table = table();
    if (Boolean.getBoolean("ss.docs.write")) {
      document.write(table);
    }

    assertThat(document.read())
        .as("the table in docs/bridge.md, which this test writes with -Dss.docs.write=true")
        .isEqualTo(table);
  }

  @Test
  void theTableNamesTheVersionsThatRan() {
    assertThat(HEAD).contains(Application.class.getPackage().getImplementationVersion());
    assertThat(
            DropwizardExports.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .endsWith("dropwizard-1.4.3.jar");
  }

  private String table() {
    return HEAD
        + runs.stream().map(HardCasesTest::rows).collect(Collectors.joining())
        + row(
            "all of these at once",
            HardCase.describeAll(runs.get(0).stockTogether()),
            HardCase.describeAll(runs.get(0).ours()))
        + "\n";
  }

  private static String rows(HardRun.Seen run) {
    return IntStream.range(0, run.cases().size())
        .mapToObj(i -> row(run.cases().get(i), run.stock().get(i), run.ours()))
        .collect(Collectors.joining());
  }

  private static String row(HardCase hard, Answer stock, Answer ours) {
    return row(hard.name(), hard.describe(stock), hard.describe(ours));
  }

  private static String row(String name, String stock, String ours) {
    return "| " + name + " | " + stock + " | " + ours + " |\n";
  }
}
