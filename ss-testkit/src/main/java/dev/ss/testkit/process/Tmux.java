package dev.ss.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A terminal: a tmux server of its own with one window, in which a shell command runs. */
public final class Tmux implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String WIDTH = "100";
  private static final String HEIGHT = "30";

  private final Path socket;

  private Tmux(Path socket) {
    this.socket = socket;
  }

  /**
   * Runs a shell command in a new terminal, which stays when the command has ended.
   *
   * @param directory a directory for the terminal's socket
   */
  public static Tmux run(Path directory, Map<String, String> environment, String command) {
    Tmux tmux = new Tmux(directory.resolve("tmux"));
    List<String> start =
        new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-x", WIDTH, "-y", HEIGHT));
    environment.forEach((name, value) -> start.addAll(List.of("-e", name + "=" + value)));
    start.add(command + "; echo \"exit code $?\"; exec sleep 600");
    tmux.tmux(start);
    return tmux;
  }

  /** Returns what is on the screen. */
  public String screen() {
    return tmux(List.of("capture-pane", "-p"));
  }

  /** Waits until this is on the screen. */
  public void awaitScreen(String text) {
    Waiting.until(
        () -> "\"%s\" on the screen:%n%s".formatted(text, screen()),
        LIMIT,
        () -> screen().contains(text));
  }

  /** Presses keys, by tmux's names for them, such as {@code C-c} or {@code Enter}. */
  public void press(String... keys) {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    tmux(command);
  }

  private String tmux(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SS_"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("tmux failed: " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tmux(List.of("kill-server"));
  }
}
