package dev.ss.worker.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Recognises the processes of an attempt in {@code /proc}: by the attempt's directory in their
 * environment, or by the attempt's input as their standard input. reaper.sh does the same.
 */
final class Marks {
  private static final String VARIABLE = "SS_ATTEMPT_DIRECTORY";

  private final AttemptDirectory directory;
  private final String mark;

  Marks(AttemptDirectory directory) {
    this.directory = directory;
    String value = VARIABLE + "=" + directory.working();
    byte[] bytes = value.getBytes(NativeText.charset());
    this.mark = "\0" + new String(bytes, StandardCharsets.ISO_8859_1) + "\0";
  }

  void addTo(Map<String, String> environment) {
    environment.put(VARIABLE, directory.working().toString());
  }

  /**
   * Whether the environment contains the mark.
   *
   * @param environment the bytes of {@code /proc/<pid>/environ}, each as one character
   */
  boolean areIn(String environment) {
    return ("\0" + environment).contains(mark);
  }

  /** Whether the process has the attempt's input as its standard input. */
  boolean areStandardInputOf(Path process) {
    try {
      return Files.isSameFile(process.resolve("fd").resolve("0"), directory.input());
    } catch (IOException gone) { // the process has ended, or is another user's
      return false;
    }
  }
}
