package dev.ss.bridge.strict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the lines of one family. */
final class FamilyBlock {
  private final Dialect dialect;
  private final int line;
  private final String name;
  private final Map<String, String> metadata = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  FamilyBlock(Dialect dialect, int line, String name) {
    this.dialect = dialect;
    this.line = line;
    this.name = name;
  }

  String name() {
    return name;
  }

  void describe(Line at, String keyword, String value) {
    if (!samples.isEmpty()) {
      throw at.malformed("%s of %s behind its samples".formatted(keyword, name));
    }
    if (metadata.put(keyword, value) != null) {
      throw at.malformed("a second %s of %s".formatted(keyword, name));
    }
  }

  /** Reads the rest of a sample line after its name. */
  Sample sample(Line at, String sampleName) {
    String ending = ending(at, sampleName);
    Map<String, String> labels = at.skip("{") ? at.labels() : Map.of();
    at.expect(" ");
    Sample sample =
        new Sample(
            at.number(),
            sampleName,
            Collections.unmodifiableMap(labels),
            at.value(),
            at.timestamp(),
            exemplar(at, ending));
    at.expectEnd();
    samples.add(sample);
    return sample;
  }

  private String ending(Line at, String sampleName) {
    String type = type();
    String ending = sampleName.startsWith(name) ? sampleName.substring(name.length()) : sampleName;
    if (!dialect.endings(type).contains(ending) || !sampleName.equals(name + ending)) {
      throw at.malformed(
          "%s is no sample of %s, which is %s"
              .formatted(sampleName, name, type.isEmpty() ? "without a type" : "a " + type));
    }
    return ending;
  }

  private Optional<Exemplar> exemplar(Line at, String ending) {
    if (!at.skip(" # {")) {
      return Optional.empty();
    }
    if (!dialect.hasExemplar(ending)) {
      throw at.malformed("an exemplar where none is allowed");
    }
    Map<String, String> labels = at.labels();
    at.expect(" ");
    Exemplar exemplar = new Exemplar(labels, at.value(), at.timestamp());
    if (exemplar.isTooLong()) {
      throw at.malformed("an exemplar's labels have more than 128 characters");
    }
    return Optional.of(exemplar);
  }

  private String type() {
    return metadata.getOrDefault("TYPE", "");
  }

  Family end() {
    return new Family(
        line,
        name,
        type(),
        metadata.getOrDefault("UNIT", ""),
        metadata.getOrDefault("HELP", ""),
        Collections.unmodifiableList(samples));
  }
}
