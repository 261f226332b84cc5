package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  private static final Parameters SIZE_AND_FORMAT =
      new Parameters(
          new TreeMap<>(
              Map.of(
                  "size", new Parameter(Pattern.compile("[0-9x{}]+"), Optional.empty()),
                  "format", new Parameter(Pattern.compile("png|jpg"), Optional.of("png")))));

  private static List<String> filled(String... command) {
    return SIZE_AND_FORMAT.fill(List.of(command), Map.of("size", "8x6"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{size}, 8x6",
        "a{size}b{format}{size}, a8x6bpng8x6",
        "{{size}}, {size}",
        "{{{size}}}, {{size}}",
        "{{size}, {8x6",
        "{size}}, 8x6}",
        "{Size}, {Size}",
        "{ size }, { size }",
        "{}, {}",
        "{{}}, {{}}",
        "${size}, $8x6",
        "'{print $1}', '{print $1}'",
        "{{.State}}, {{.State}}",
      })
  void aPlaceholderIsANameInBraces(String argument, String expected) {
    assertThat(filled("convert", argument)).containsExactly("convert", expected);
  }

  @Test
  void aValueIsNeverMoreThanItsPlaceInOneArgument() {
    Parameters any =
        new Parameters(
            new TreeMap<>(
                Map.of(
                    "a", new Parameter(Pattern.compile(".*"), Optional.empty()),
                    "b", new Parameter(Pattern.compile(".*"), Optional.of("default")))));

    assertThat(
            any.fill(List.of("{a}", "{a}", "-{b}"), Map.of("a", "x y' \"$1 \\ {b} {{a}}", "b", "")))
        .containsExactly("{a}", "x y' \"$1 \\ {b} {{a}}", "-");
  }

  @Test
  void withoutParametersEveryBraceStandsForItself() {
    List<String> command = List.of("awk", "{print}", "{{x}}", "{size}");

    assertThat(Parameters.NONE.fill(command, Map.of())).isEqualTo(command);
  }

  @Test
  void valuesThatDoNotFitAreTold() {
    assertThat(SIZE_AND_FORMAT.misfit(Map.of("size", "8"))).isEmpty();
    assertThat(SIZE_AND_FORMAT.misfit(Map.of("size", "8", "format", "jpg"))).isEmpty();
    assertThat(SIZE_AND_FORMAT.misfit(Map.of())).contains(new Parameters.Missing("size"));
    assertThat(SIZE_AND_FORMAT.misfit(Map.of("size", "big")))
        .contains(new Parameters.Refused("size"));
    assertThat(SIZE_AND_FORMAT.misfit(Map.of("size", "8", "x", "8")))
        .contains(new Parameters.Unknown("x"));
    assertThat(Parameters.NONE.misfit(Map.of())).isEmpty();
  }
}
