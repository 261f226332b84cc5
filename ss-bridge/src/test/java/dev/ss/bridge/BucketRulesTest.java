package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.internal.naming.Unit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Layouts must be shared: each has tables of several kilobytes, and a scrape encodes the bounds of
 * each layout once.
 */
class BucketRulesTest {
  private static final Optional<Unit> MILLISECONDS = Optional.of(new Unit(Unit.SECONDS, 1e3));
  private static final Optional<Unit> NO_UNIT = Optional.empty();

  private final BucketRules rules = BucketRules.none().and("upload.*", 1, 10);

  @Test
  void metricsOfOneRuleShareTheirLayout() {
    assertThat(rules.ofTimer("upload.a").layout()).isSameAs(rules.ofTimer("upload.b").layout());
    assertThat(rules.ofHistogram("upload.a", NO_UNIT).layout())
        .isSameAs(rules.ofHistogram("upload.b", NO_UNIT).layout());
    assertThat(rules.ofHistogram("upload.a", MILLISECONDS).layout())
        .isSameAs(rules.ofHistogram("upload.b", MILLISECONDS).layout())
        .isNotSameAs(rules.ofHistogram("upload.a", NO_UNIT).layout());
  }

  @Test
  void metricsWithoutARuleShareTheirLayout() {
    assertThat(rules.ofHistogram("a", MILLISECONDS).layout())
        .isSameAs(rules.ofHistogram("b", MILLISECONDS).layout());
  }
}
