package dev.ss.cli.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What is at the other ends of the three streams. Only the shell can tell, so {@code bin/ss} does:
 * {@code -Dss.terminals=012} if all of them are terminals, and {@code -Dss.columns=80}.
 *
 * @param in whether a person can type
 * @param out whether a person reads the output
 * @param err whether a person reads the messages
 * @param columns how wide the terminal is
 * @param colours whether it may have colours
 */
public record Terminal(boolean in, boolean out, boolean err, int columns, boolean colours) {
  /** No terminal at all. */
  public static final Terminal NONE = new Terminal(false, false, false, 80, false);

  private static final Path DEVICE = Path.of("/dev/tty");

  /** Reads what the shell says, and {@code NO_COLOR}. */
  public static Terminal of(Map<?, ?> properties, Map<String, String> environment) {
    String terminals = String.valueOf(properties.get("ss.terminals"));
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
    return new Terminal(
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2") && !dumb,
        columns(String.valueOf(properties.get("ss.columns"))),
        colours);
  }

  private static int columns(String text) {
    try {
      return Math.max(20, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return NONE.columns();
    }
  }

  /** Whether somebody is there to ask. */
  public boolean canAsk() {
    return in && err;
  }

  /**
   * Reads a line that a person types, wherever the standard input comes from. Empty at the end of
   * the input.
   */
  public String ask(String question, PrintStream messages) {
    messages.print(question);
    messages.flush();
    try (BufferedReader typed =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(DEVICE), StandardCharsets.UTF_8))) {
      String line = typed.readLine();
      return line == null ? "" : line.strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns whether a person answers yes. */
  public boolean confirms(String question, PrintStream messages) {
    String answer = ask(question + " [y/N] ", messages).toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  /** The standard output for bytes that others chose. */
  public OutputStream data(OutputStream standard) {
    return out ? new SafeOutput(standard) : standard;
  }

  /** Gives a word its colour, where the output may have colours. */
  public String coloured(Colour colour, String text) {
    return out && colours ? colour.around(text) : text;
  }
}
