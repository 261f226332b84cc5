package dev.ss.bridge.strict;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In these pages, {@code ~} is a line feed. */
class StrictReaderTest {
  private static byte[] bytes(String page) {
    return page.replace('~', '\n').getBytes(UTF_8);
  }

  private static List<Family> openMetrics(String page) {
    return StrictReader.openMetrics(bytes(page));
  }

  private static List<Family> text(String page) {
    return StrictReader.text(bytes(page));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          line 1: no # EOF at the end                             | ~
          line 2: no # EOF at the end                             | # TYPE a gauge~a 1~
          line 4: no # EOF at the end                             | # TYPE a gauge~a 1~# EOF~~
          line 3: no # EOF at the end                             | # TYPE a gauge~a 1~# EOF x
          line 1: # EOF before the end                            | # EOF~# EOF~
          line 2: an empty line                                   | # TYPE a gauge~~a 1~# EOF~
          line 1: neither TYPE, UNIT nor HELP                     | # a comment~# EOF~
          line 1: neither TYPE, UNIT nor HELP                     | #TYPE a gauge~# EOF~
          line 1: no type: ''                                     | # TYPE a ~# EOF~
          line 1: no type: 'untyped'                              | # TYPE a untyped~# EOF~
          line 1: no type: 'Gauge'                                | # TYPE a Gauge~# EOF~
          line 1: no name of a metric: '1a gauge'                 | # TYPE 1a gauge~# EOF~
          line 1: ' ' is missing before '-b gauge'                | # TYPE a-b gauge~# EOF~
          line 2: a second TYPE of a                              | # TYPE a gauge~# TYPE a gauge~# EOF~
          line 3: a second HELP of a                              | # TYPE a gauge~# HELP a x~# HELP a x~# EOF~
          line 3: a second UNIT of a_s                            | # TYPE a_s gauge~# UNIT a_s s~# UNIT a_s s~# EOF~
          line 3: HELP of a behind its samples                    | # TYPE a gauge~a 1~# HELP a x~# EOF~
          line 2: a quote that is not escaped                     | # TYPE a gauge~# HELP a "x"~# EOF~
          line 2: a backslash that escapes nothing                | # TYPE a gauge~# HELP a \\x~# EOF~
          line 2: a_seconds does not end in its unit 'bytes'      | # TYPE a_seconds gauge~# UNIT a_seconds bytes~# EOF~
          line 2: seconds does not end in its unit 'seconds'      | # TYPE seconds gauge~# UNIT seconds seconds~# EOF~
          line 1: a_b: a unit of what has none                    | # TYPE a_b info~# UNIT a_b b~a_b_info 1~# EOF~
          line 1: a_b: a unit of what has none                    | # TYPE a_b stateset~# UNIT a_b b~# EOF~
          line 5: the family a again                              | # TYPE a gauge~a{x="1"} 1~# TYPE b gauge~b 1~# TYPE a gauge~a{x="2"} 1~# EOF~
          line 3: a_created: a may have a sample a_created as well | # TYPE a counter~a_total 1~# TYPE a_created gauge~a_created 1~# EOF~
          line 2: a: a_count may have a sample a_count as well    | # TYPE a_count gauge~# TYPE a summary~# EOF~
          line 1: a is a sample of no family                      | a 1~# EOF~
          line 2: a is no sample of a, which is without a type    | # HELP a x~a 1~# EOF~
          line 2: a is no sample of a, which is a counter         | # TYPE a counter~a 1~# EOF~
          line 2: a_total is no sample of a, which is a gauge     | # TYPE a gauge~a_total 1~# EOF~
          line 2: b is no sample of a, which is a gauge           | # TYPE a gauge~b 1~# EOF~
          line 2: a is no sample of a, which is a histogram       | # TYPE a histogram~a 1~# EOF~
          line 2: a_bucket is no sample of a, which is a summary  | # TYPE a summary~a_bucket{le="1"} 1~# EOF~
          line 2: a is no sample of a, which is a info            | # TYPE a info~a 1~# EOF~
          line 2: no number: ''                                   | # TYPE a gauge~a  1~# EOF~
          line 2: it ends where ' ' is missing                    | # TYPE a gauge~a~# EOF~
          line 2: no number: ''                                   | # TYPE a gauge~a ~# EOF~
          line 2: no number: '1,5'                                | # TYPE a gauge~a 1,5~# EOF~
          line 2: no number: '.'                                  | # TYPE a gauge~a .~# EOF~
          line 2: no number: '1e'                                 | # TYPE a gauge~a 1e~# EOF~
          line 2: no number: '0x1'                                | # TYPE a gauge~a 0x1~# EOF~
          line 2: no number: '1d'                                 | # TYPE a gauge~a 1d~# EOF~
          line 2: no number: '-NaN'                               | # TYPE a gauge~a -NaN~# EOF~
          line 2: no number: '١'                                  | # TYPE a gauge~a ١~# EOF~
          line 2: a number that no double can be: 1e999           | # TYPE a gauge~a 1e999~# EOF~
          line 2: no number: 'Inf'                                | # TYPE a gauge~a 1 Inf~# EOF~
          line 2: something behind its end: ' 3'                  | # TYPE a gauge~a 1 2 3~# EOF~
          line 2: no name of a label: '1x="y"} 1'                 | # TYPE a gauge~a{1x="y"} 1~# EOF~
          line 2: no name of a label: '} 1'                       | # TYPE a gauge~a{x="y",} 1~# EOF~
          line 2: no name of a label: ' z="y"} 1'                 | # TYPE a gauge~a{x="y", z="y"} 1~# EOF~
          line 2: '="' is missing before '-y="y"} 1'              | # TYPE a gauge~a{x-y="y"} 1~# EOF~
          line 2: '="' is missing before ':="y"} 1'               | # TYPE a gauge~a{x:="y"} 1~# EOF~
          line 2: '="' is missing before '=y} 1'                  | # TYPE a gauge~a{x=y} 1~# EOF~
          line 2: it ends where '"' is missing                    | # TYPE a gauge~a{x="y~z"} 1~# EOF~
          line 2: '}' is missing before 'y"} 1'                   | # TYPE a gauge~a{x="y"y"} 1~# EOF~
          line 2: a backslash that escapes nothing                | # TYPE a gauge~a{x="\\y"} 1~# EOF~
          line 2: the label x twice                               | # TYPE a gauge~a{x="y",x="z"} 1~# EOF~
          line 3: a{y="2",x="1"} again                            | # TYPE a gauge~a{x="1",y="2"} 1~a{y="2",x="1"} 1~# EOF~
          line 3: a again                                         | # TYPE a gauge~a 1~a 1~# EOF~
          line 4: a_sum: samples of another metric stand between those of this one | # TYPE a summary~a_count{x="1"} 1~a_count{x="2"} 1~a_sum{x="1"} 1~# EOF~
          line 2: a_created: a counter without a_total            | # TYPE a counter~a_created 1~# EOF~
          line 2: a_total: it counts, and cannot be NaN           | # TYPE a counter~a_total NaN~# EOF~
          line 2: a_total: it counts, and cannot be -1.0          | # TYPE a counter~a_total -1~# EOF~
          line 2: an exemplar where none is allowed               | # TYPE a gauge~a 1 # {x="y"} 1~# EOF~
          line 3: an exemplar where none is allowed               | # TYPE a histogram~a_bucket{le="+Inf"} 1~a_count 1 # {x="y"} 1~# EOF~
          line 2: no number: ''                                   | # TYPE a counter~a_total 1 # {} ~# EOF~
          line 2: it ends where ' ' is missing                    | # TYPE a counter~a_total 1 # {x="y"}~# EOF~
          line 2: something behind its end: ' # {y="z"} 2'        | # TYPE a counter~a_total 1 # {x="y"} 1 # {y="z"} 2~# EOF~
          line 2: a_info: an info that is not 1                   | # TYPE a info~a_info 2~# EOF~
          line 2: a: a state without its name                     | # TYPE a stateset~a{b="on"} 1~# EOF~
          line 2: a: a state that is neither 0 nor 1              | # TYPE a stateset~a{a="on"} 2~# EOF~
          line 2: a: no quantile between 0 and 1                  | # TYPE a summary~a 1~# EOF~
          line 2: a: no quantile between 0 and 1                  | # TYPE a summary~a{quantile="1.5"} 1~# EOF~
          line 2: a: a quantile of values below zero              | # TYPE a summary~a{quantile="0.5"} -1~# EOF~
          line 2: a_count: no count: 1.5                          | # TYPE a summary~a_count 1.5~# EOF~
          line 2: a_sum: it counts, and cannot be NaN             | # TYPE a summary~a_sum NaN~# EOF~
          line 2: a_sum: a quantile where none is allowed         | # TYPE a summary~a_sum{quantile="0.5"} 1~# EOF~
          """)
  void aPageThatBreaksARuleIsNotOpenMetrics(String reason, String page) {
    assertThatThrownBy(() -> openMetrics(page))
        .isInstanceOf(MalformedPage.class)
        .hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          line 1: a: a histogram without a bucket for +Inf          | a_bucket{le="1"} 1
          line 1: a: a histogram without a bucket for +Inf          | a_count 1~a_sum 1
          line 2: a_bucket: a bucket without a bound                | a_bucket 1
          line 2: a_bucket: a bucket without a bound                | a_bucket{le="NaN"} 1~a_bucket{le="+Inf"} 1
          line 2: a_bucket: a bucket without a bound                | a_bucket{le=""} 1~a_bucket{le="+Inf"} 1
          line 3: a_bucket: bounds that do not rise                 | a_bucket{le="2"} 1~a_bucket{le="1"} 1~a_bucket{le="+Inf"} 1
          line 3: a_bucket: bounds that do not rise                 | a_bucket{le="1"} 1~a_bucket{le="1.0"} 1~a_bucket{le="+Inf"} 1
          line 3: a_bucket: bounds that do not rise                 | a_bucket{le="+Inf"} 1~a_bucket{le="1"} 1
          line 3: a_bucket: less than in the bucket before it       | a_bucket{le="1"} 2~a_bucket{le="+Inf"} 1
          line 2: a_bucket: no count: -1.0                          | a_bucket{le="+Inf"} -1
          line 2: a_bucket: no count: NaN                           | a_bucket{le="+Inf"} NaN
          line 2: a_bucket: no count: 0.5                           | a_bucket{le="+Inf"} 0.5
          line 2: a_bucket: no count: Infinity                      | a_bucket{le="+Inf"} +Inf
          line 3: a_count: not what the bucket for +Inf has         | a_bucket{le="+Inf"} 1~a_count 2~a_sum 1
          line 4: a_sum: it counts, and cannot be -1.0              | a_bucket{le="+Inf"} 1~a_count 1~a_sum -1
          line 4: a_sum: it counts, and cannot be NaN               | a_bucket{le="+Inf"} 1~a_count 1~a_sum NaN
          line 5: a_sum: a sum of values that may be below zero     | a_bucket{le="-1"} 1~a_bucket{le="+Inf"} 1~a_count 1~a_sum 1
          line 3: a_count: a bound where none is allowed            | a_bucket{le="+Inf"} 1~a_count{le="1"} 1~a_sum 1
          line 1: a: a histogram has both its count and its sum, or neither | a_bucket{le="+Inf"} 1~a_count 1
          line 1: a: a histogram has both its count and its sum, or neither | a_bucket{le="+Inf"} 1~a_sum 1
          """)
  void aHistogramThatBreaksARuleIsRefusedInBothFormats(String reason, String samples) {
    String page = "# TYPE a histogram~" + samples + "~";

    assertThatThrownBy(() -> openMetrics(page + "# EOF~"))
        .isInstanceOf(MalformedPage.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> text(page)).isInstanceOf(MalformedPage.class).hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          line 2: no line feed at the end                          | # TYPE a gauge~a 1
          line 1: no type: 'unknown'                               | # TYPE a unknown~
          line 1: no type: 'info'                                  | # TYPE a info~
          line 2: a second TYPE of a                               | # TYPE a gauge~# TYPE a gauge~
          line 3: TYPE of a behind its samples                     | # TYPE a gauge~a 1~# TYPE a gauge~
          line 5: the family a again                               | # TYPE a gauge~a{x="1"} 1~# TYPE b gauge~b 1~# HELP a x~
          line 2: a_sum: a may have a sample a_sum as well         | # TYPE a summary~# TYPE a_sum histogram~
          line 2: a backslash that escapes nothing                 | # TYPE a gauge~# HELP a \\"x\\"~
          line 2: a_total is no sample of a, which is a counter    | # TYPE a counter~a_total 1~
          line 2: a_created is no sample of a, which is a histogram | # TYPE a histogram~a_created 1~
          line 2: a: it counts, and cannot be NaN                  | # TYPE a counter~a NaN~
          line 3: a again                                          | # TYPE a gauge~a 1~a 1~
          line 3: a: quantiles that do not rise                    | # TYPE a summary~a{quantile="0.5"} 1~a{quantile="0.4"} 1~
          line 2: an exemplar where none is allowed                | # TYPE a counter~a 1 # {x="y"} 1~
          line 2: no number of milliseconds: '1.5'                 | # TYPE a gauge~a 1 1.5~
          """)
  void aPageThatBreaksARuleIsNotText(String reason, String page) {
    assertThatThrownBy(() -> text(page)).isInstanceOf(MalformedPage.class).hasMessage(reason);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] page = "# TYPE a gauge\n# HELP a größe\n# EOF\n".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> StrictReader.openMetrics(page)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> StrictReader.text(page)).hasMessageContaining("not UTF-8");
  }

  @Test
  void anExemplarHas128CharactersAndNotMore() {
    String page = "# TYPE a counter~a_total 1 # {id=\"%s\"} 1~# EOF~";

    assertThat(openMetrics(page.formatted("\uD83D\uDE00".repeat(126)))).hasSize(1);
    assertThatThrownBy(() -> openMetrics(page.formatted("x".repeat(127))))
        .hasMessage("line 2: an exemplar's labels have more than 128 characters");
  }

  @Test
  void anExemplarLiesInItsBucket() {
    assertThatThrownBy(
            () ->
                openMetrics(
                    "# TYPE a histogram~a_bucket{le=\"1\"} 1 # {} 1.1~a_bucket{le=\"+Inf\"} 1~# EOF~"))
        .hasMessage("line 2: a_bucket: an exemplar above its bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# EOF",
        "# EOF~",
        "# TYPE a gauge~# EOF~",
        "# HELP a ~# UNIT a ~# TYPE a gauge~a{} 1~# EOF~",
        "# TYPE a gauge~a 1 1520879607.789~# EOF~",
        "# TYPE a unknown~a -1.5E+3 -5e-1~# EOF~",
        "# TYPE foo summary~foo_count 17.0~foo_sum 3.3~foo_created 1520430000.123~# EOF~",
        "# TYPE foo summary~foo{quantile=\"0.99\"} NaN~foo{quantile=\"0.95\"} 1~# EOF~",
        "# TYPE foo stateset~foo{foo=\"a\"} 0~foo{foo=\"bb\"} 1.0~# EOF~",
        "# TYPE foo info~foo_info{entity=\"x\",version=\"8.2.7\"} 1~# EOF~",
        "# TYPE a counter~a_total{x=\"1\"} 1~a_created{x=\"1\"} 1~a_total{x=\"2\"} 1~# EOF~",
        "# TYPE a histogram~a_bucket{le=\"-1\"} 1~a_bucket{le=\"+Inf\"} 1~# EOF~",
        "# TYPE a gaugehistogram~a_bucket{le=\"+Inf\"} 4~a_gcount 4~a_gsum 2~# EOF~",
        "# TYPE a gaugehistogram~a_bucket{le=\"-1\"} 4~a_bucket{le=\"+Inf\"} 4~a_gcount 4~a_gsum -2~# EOF~",
        "# TYPE a_seconds histogram~# UNIT a_seconds seconds~a_seconds_bucket{x=\"y\",le=\"0.0\"} 0~a_seconds_bucket{x=\"y\",le=\"+Inf\"} 17 # {trace_id=\"1\"} 9.8 1.5~a_seconds_count{x=\"y\"} 17~a_seconds_sum{x=\"y\"} 324789.3~# EOF~",
      })
  void aPageThatBreaksNoRuleIsOpenMetrics(String page) {
    assertThat(openMetrics(page)).hasSizeLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# a comment~~#~# TYPE a untyped~a 1 -1395066363000~",
        "# HELP a \"x\" \\\\ \\n~# TYPE a counter~a +Inf~",
        "# TYPE a summary~a{quantile=\"0.5\"} 1~a{quantile=\"1\"} NaN~a_sum 1~a_count 2~",
        "# TYPE a histogram~a_bucket{le=\"1\"} 1~a_bucket{le=\"+Inf\"} 1~a_sum 1~a_count 1~",
      })
  void aPageThatBreaksNoRuleIsText(String page) {
    assertThat(text(page)).hasSizeLessThan(2);
  }

  @Test
  void whatWasEscapedIsReadAsItWas() {
    String value = "\\ \" \n \r \0 \uD83D\uDE00 n";
    String escaped = "\\\\ \\\" \\n \r \0 \uD83D\uDE00 n";
    Family family =
        openMetrics("# TYPE a gauge~# HELP a " + escaped + "~a{x=\"" + escaped + "\"} 1~# EOF~")
            .get(0);

    assertThat(family.help()).isEqualTo(value);
    assertThat(family.samples().get(0).labels()).isEqualTo(Map.of("x", value));
    assertThat(family.samples().get(0).series()).isEqualTo("a{x=\"" + escaped + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-0, -0.0",
    "0042, 42",
    "+1.5e-3, 0.0015",
    ".5, 0.5",
    "5., 5",
    "nAn, NaN",
    "+Inf, Infinity",
    "-infinity, -Infinity",
    "4.9E-324, 4.9E-324"
  })
  void aNumberIsReadAsItIsMeant(String written, Double meant) {
    assertThat(text("# TYPE a gauge~a " + written + "~").get(0).samples().get(0).value())
        .isEqualTo(meant);
  }
}
