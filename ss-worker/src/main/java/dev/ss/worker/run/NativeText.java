package dev.ss.worker.run;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Deals with how Java passes text to the operating system: in the charset of the locale, with
 * {@code ?} for characters that the charset lacks. Commands get their arguments in UTF-8, whatever
 * the locale.
 */
final class NativeText {
  private NativeText() {}

  /** The charset in which this JVM writes arguments and environment variables. */
  static Charset charset() {
    return Runtime.version().feature() < 18
        ? Charset.defaultCharset()
        : Charset.forName(System.getProperty("sun.jnu.encoding"));
  }

  /** Whether this JVM writes all these arguments as UTF-8. */
  static boolean areWrittenAsUtf8(List<String> arguments) {
    return charset().equals(StandardCharsets.UTF_8)
        || arguments.stream().allMatch(NativeText::isAscii);
  }

  /** The path of this name; empty if the charset of the locale cannot express the name. */
  static Optional<Path> path(String first, String... more) {
    try {
      return Optional.of(Path.of(first, more));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Wraps a command for a locale without UTF-8: a shell script in ASCII makes the arguments from
   * octal escapes and then becomes the command.
   *
   * @param shell the path of {@code sh}
   */
  static List<String> inUtf8(String shell, List<String> command) {
    // Shells set these three, and dash exports PWD.
    StringBuilder script = new StringBuilder("unset PWD OLDPWD SHLVL");
    for (String argument : command) {
      // The x protects trailing line feeds, which the substitution would remove.
      script.append("\na=$(printf '").append(octal(argument)).append("x')\n");
      script.append("set -- \"$@\" \"${a%x}\"");
    }
    script.append("\nunset a\nexec \"$@\"");
    return List.of(shell, "-c", script.toString(), "ss-command");
  }

  private static String octal(String argument) {
    StringBuilder octal = new StringBuilder();
    for (byte each : argument.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(each)) {
        octal.append((char) each);
      } else {
        // Always three digits, the most that printf reads, so that a digit after them is separate.
        octal.append('\\').append(Integer.toOctalString(0x200 | (each & 0xff)).substring(1));
      }
    }
    return octal.toString();
  }

  /** Whether the byte needs no escape. A zero byte stays, so that ProcessBuilder refuses it. */
  private static boolean isPlain(byte each) {
    return each == 0 || (each > ' ' && "'\\%".indexOf(each) < 0);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 0x80);
  }
}
