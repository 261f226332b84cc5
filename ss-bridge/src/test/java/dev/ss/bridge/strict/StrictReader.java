package dev.ss.bridge.strict;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a page strictly; an error names the line and the reason. */
public final class StrictReader {
  private static final String EOF = "# EOF";

  private final Dialect dialect;
  private final List<Family> families = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** The family of each name that a sample can have. */
  private final Map<String, String> owners = new HashMap<>();

  private final Set<List<Object>> series = new HashSet<>();
  private FamilyBlock block;

  private StrictReader(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Reads a page of Prometheus's text format, version 0.0.4.
   *
   * @throws MalformedPage if the page breaks a rule of the format
   */
  public static List<Family> text(byte[] page) {
    return new StrictReader(Dialect.TEXT).read(page);
  }

  /**
   * Reads a page of OpenMetrics 1.0.
   *
   * @throws MalformedPage if the page breaks a rule of the format
   */
  public static List<Family> openMetrics(byte[] page) {
    return new StrictReader(Dialect.OPEN_METRICS).read(page);
  }

  private List<Family> read(byte[] page) {
    List<String> lines = body(List.of(decoded(page).split("\n", -1)));
    for (int i = 0; i < lines.size(); i++) {
      read(new Line(dialect, i + 1, lines.get(i)));
    }
    endBlock();
    return families;
  }

  private static String decoded(byte[] page) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(page)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPage(1, "the page is not UTF-8");
    }
  }

  /** Returns the lines without the page's end marker. */
  private List<String> body(List<String> lines) {
    int last = lines.size() - 1;
    boolean isEnded = lines.get(last).isEmpty();
    if (dialect == Dialect.TEXT) {
      if (!isEnded) {
        throw new MalformedPage(last + 1, "no line feed at the end");
      }
      return lines.subList(0, last);
    }
    int eof = isEnded ? last - 1 : last;
    if (eof < 0 || !lines.get(eof).equals(EOF)) {
      throw new MalformedPage(Math.max(eof, 0) + 1, "no # EOF at the end");
    }
    return lines.subList(0, eof);
  }

  private void read(Line line) {
    if (line.skip("# TYPE ")) {
      type(line);
    } else if (line.skip("# HELP ")) {
      FamilyBlock described = described(line);
      described.describe(line, "HELP", line.help());
    } else if (dialect == Dialect.OPEN_METRICS && line.skip("# UNIT ")) {
      unit(line);
    } else if (line.skip("#") || line.isEmpty()) {
      withoutMeaning(line);
    } else {
      sample(line);
    }
  }

  /** Accepts comments and empty lines in text, and refuses them in OpenMetrics. */
  private void withoutMeaning(Line line) {
    if (dialect == Dialect.OPEN_METRICS) {
      throw line.malformed(
          line.isEmpty()
              ? "an empty line"
              : line.skip(" EOF") ? "# EOF before the end" : "neither TYPE, UNIT nor HELP");
    }
  }

  private void type(Line line) {
    FamilyBlock described = described(line);
    String type = line.rest();
    if (dialect.endings(type).isEmpty()) {
      throw line.malformed("no type: '%s'".formatted(type));
    }
    described.describe(line, "TYPE", type);
  }

  private void unit(Line line) {
    FamilyBlock described = described(line);
    String unit = line.rest();
    if (!unit.isEmpty() && !described.name().endsWith("_" + unit)) {
      throw line.malformed("%s does not end in its unit '%s'".formatted(described.name(), unit));
    }
    described.describe(line, "UNIT", unit);
  }

  /** Returns the family that a metadata line describes; begins it if it is new. */
  private FamilyBlock described(Line line) {
    String name = line.metricName();
    line.expect(" ");
    if (block == null || !block.name().equals(name)) {
      endBlock();
      if (!names.add(name)) {
        throw line.malformed("the family %s again".formatted(name));
      }
      block = new FamilyBlock(dialect, line.number(), name);
    }
    return block;
  }

  private void sample(Line line) {
    String name = line.metricName();
    if (block == null) {
      throw line.malformed(name + " is a sample of no family");
    }
    Sample sample = block.sample(line, name);
    if (!series.add(List.of(name, sample.labels()))) {
      throw line.malformed(sample.series() + " again");
    }
  }

  private void endBlock() {
    if (block == null) {
      return;
    }
    Family family = block.end();
    if (dialect == Dialect.TEXT) { // its readers look a family up by the name of any sample
      claim(family, family.name());
    }
    dialect.endings(family.type()).forEach(ending -> claim(family, family.name() + ending));
    FamilyRules.check(dialect, family);
    families.add(family);
  }

  private void claim(Family family, String name) {
    String owner = owners.put(name, family.name());
    if (owner != null && !owner.equals(family.name())) {
      throw family.malformed("%s may have a sample %s as well".formatted(owner, name));
    }
  }
}
