package dev.ss.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
  private static final Times TIMES = new Times(InstantSource.fixed(NOW));
  private static final Terminal COLOURED = new Terminal(true, true, true, 80, true);

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "5, 0.01s",
    "1500, 1.5s",
    "2000, 2s",
    "12700, 12s",
    "61000, 1m1s",
    "3600000, 1h",
    "7500000, 2h5m",
    "90000000, 1d1h",
    "172800000, 2d",
    "-5, 0s"
  })
  void aDurationHasItsTwoLargestUnits(long millis, String text) {
    assertThat(Times.text(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void timesAreSaidRelativeToNow() {
    assertThat(TIMES.ago(new TextNode("2026-11-30T07:55:00.000Z"))).isEqualTo("5m ago");
    assertThat(TIMES.ago(new TextNode("2026-11-30T10:00:00.000Z"))).isEqualTo("in 2h");
    assertThat(TIMES.ago(NullNode.instance)).isEqualTo("-");
    assertThat(TIMES.between(new TextNode("2026-11-30T07:59:50Z"), NullNode.instance))
        .as("until now")
        .isEqualTo("10s");
    assertThat(Times.seconds(new DoubleNode(0.25))).isEqualTo("0.25s");
  }

  @Test
  void timesAreReadAsAgesOrExactly() {
    assertThat(TIMES.past("2h")).isEqualTo("2026-11-30T06:00:00Z");
    assertThat(TIMES.future("7d")).isEqualTo("2026-12-07T08:00:00Z");
    assertThat(TIMES.past("2026-11-30T09:00:00+02:00")).isEqualTo("2026-11-30T07:00:00Z");
    assertThat(Times.duration("500ms")).isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-11-30", "2026-11-30T09:00:00", "1w", "-5m"})
  void aTimeThatIsNoneSaysWhatWouldBe(String text) {
    assertThatThrownBy(() -> TIMES.past(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2027-01-31T08:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "67108864, 64 MiB",
    "10737418240, 10 GiB"
  })
  void aSizeHasTheUnitThatFits(long bytes, String text) {
    assertThat(Sizes.text(LongNode.valueOf(bytes))).isEqualTo(text);
  }

  @Test
  void whatATerminalWouldObeyIsReplaced() {
    assertThat(Plain.text("a\033[2J\nb\u202Ec\u009Bd"))
        .isEqualTo("a\uFFFD[2J\uFFFDb\uFFFDc\uFFFDd");
    assertThat(Plain.text("schöne Grüße 🚀")).isEqualTo("schöne Grüße 🚀");
  }

  @Test
  void aTerminalGetsNoControlCharacterOfOthersWhereverTheBytesAreSplit() throws IOException {
    byte[] bytes = "a\033]0;x\007\r\tb\nü\u009B31m\u007F".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (SafeOutput safe = new SafeOutput(shown)) {
      for (byte each : bytes) {
        safe.write(new byte[] {each});
      }
    }
    assertThat(shown.toString(StandardCharsets.ISO_8859_1))
        .isEqualTo("a?]0;x??\tb\n\u00C3\u00BC\u00C2?31m?");
  }

  @Test
  void columnsAreAsWideAsTheyNeedToBe() {
    String text =
        new Table("JOB", "STATE", "ERROR")
            .row("a", "succeeded", NullNode.instance)
            .row("a longer one", "x\033y", "")
            .text(Terminal.NONE);

    assertThat(text)
        .isEqualTo(
            """
            JOB           STATE      ERROR
            a             succeeded  -
            a longer one  x\uFFFDy        -
            """);
  }

  @Test
  void coloursAreForTerminalsOnlyAndChangeNoWidth() {
    Table table = new Table("STATE", "B").row("failed", "b");

    assertThat(table.text(Terminal.NONE)).doesNotContain("\033");
    assertThat(table.text(COLOURED))
        .contains("\033[31mfailed\033[0m  b")
        .matches(text -> text.replaceAll("\033\\[\\d+m", "").equals(table.text(Terminal.NONE)));
  }

  @Test
  void theShellSaysWhatIsATerminal() {
    Map<String, String> all = Map.of("ss.terminals", "012", "ss.columns", "120");

    assertThat(Terminal.of(all, Map.of())).isEqualTo(new Terminal(true, true, true, 120, true));
    assertThat(Terminal.of(all, Map.of("NO_COLOR", "1")).colours()).isFalse();
    assertThat(Terminal.of(all, Map.of("NO_COLOR", "")).colours()).isTrue();
    assertThat(Terminal.of(all, Map.of("TERM", "dumb")).err()).isFalse();
    assertThat(Terminal.of(Map.of("ss.terminals", "2"), Map.of()))
        .isEqualTo(new Terminal(false, false, true, 80, true));
    assertThat(Terminal.of(Map.of(), Map.of()).canAsk()).isFalse();
  }

  @Test
  void theStatusLineSaysHowFarTheJobIsAndFits() {
    StatusLine line = new StatusLine();
    assertThat(line.text(Duration.ofSeconds(3), 80)).isEqualTo("queued · 3s");

    line.state("running, attempt 1");
    line.progress(Optional.of(0.5), Optional.of("Reading\033 rows"));
    assertThat(line.text(Duration.ofSeconds(75), 80))
        .isEqualTo("[############------------]  50% Reading\uFFFD rows · 1m15s");
    assertThat(line.text(Duration.ofSeconds(75), 40)).hasSize(39);

    line.progress(Optional.empty(), Optional.of("Writing"));
    assertThat(line.text(Duration.ZERO, 80)).contains(" 50% Writing");
    line.state("running, attempt 2");
    assertThat(line.text(Duration.ZERO, 80)).isEqualTo("running, attempt 2 · 0s");
  }
}
