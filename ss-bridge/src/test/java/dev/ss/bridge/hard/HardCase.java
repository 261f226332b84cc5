package dev.ss.bridge.hard;

import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something that applications do with metrics, and what a scrape may show of it.
 *
 * @param content what the application registers and records
 * @param later what it does between the first and the second scrape
 * @param mappings entries as both bridges take them
 * @param ours what ss-bridge must show
 * @param others what else a bridge may show
 */
record HardCase(
    String name,
    Consumer<Side> content,
    Consumer<Side> later,
    List<MapperConfig> mappings,
    Sight ours,
    List<Sight> others) {
  /** A description of what a page shows, and a check that it does. */
  record Sight(String words, Consumer<Answer.Scraped> check) {
    boolean isIn(Answer.Scraped scraped) {
      try {
        check.accept(scraped);
        return true;
      } catch (AssertionError e) {
        return false;
      }
    }
  }

  static HardCase of(String name, Consumer<Side> content) {
    return new HardCase(
        name, content, side -> {}, List.of(), new Sight("", scraped -> {}), List.of());
  }

  HardCase then(Consumer<Side> step) {
    return new HardCase(name, content, step, mappings, ours, others);
  }

  HardCase mapped(String match, String family, Map<String, String> labels) {
    MapperConfig mapping = new MapperConfig(match, family, labels);
    return new HardCase(name, content, later, List.of(mapping), ours, others);
  }

  HardCase ours(String words, Consumer<Answer.Scraped> check) {
    return new HardCase(name, content, later, mappings, new Sight(words, check), others);
  }

  HardCase or(String words, Consumer<Answer.Scraped> check) {
    List<Sight> more = Stream.concat(others.stream(), Stream.of(new Sight(words, check))).toList();
    return new HardCase(name, content, later, mappings, ours, more);
  }

  /** Whether it calls code that returns only when the application stops. */
  boolean hangs() {
    return name.endsWith("hang") || name.endsWith("hangs");
  }

  /** Describes the answer; fails if no description of the case fits. */
  String describe(Answer answer) {
    return answer instanceof Answer.Scraped scraped ? words(scraped) : failure(answer);
  }

  private String words(Answer.Scraped scraped) {
    return Stream.concat(Stream.of(ours), others.stream())
        .filter(sight -> sight.isIn(scraped))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + ":\n" + scraped.page().text()))
        .words();
  }

  /** Describes the answer for all cases at once; how it fails depends on their order. */
  static String describeAll(Answer answer) {
    return answer instanceof Answer.Scraped ? "a page with each as above" : "no page";
  }

  private static String failure(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      String failure = "the scrape is a " + refused.status();
      return refused.body().toLowerCase(Locale.ROOT).contains("secret")
          ? failure + ", and tells the message"
          : failure;
    }
    return "no answer";
  }
}
