package dev.ss.cli;

import dev.ss.cli.command.Context;
import dev.ss.cli.text.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** The program's entry: finds out what surrounds it, and runs a command. */
public final class Ss {
  private Ss() {}

  /** Runs a command and exits as it says. */
  public static void main(String[] arguments) {
    int exitCode = new Commands(surroundings()).run(arguments);
    endSelectors();
    System.exit(exitCode);
  }

  /**
   * Ends the threads of the HTTP client, which wait in native code. The JVM would give each 0.3 s
   * for its own end, and before Java 21 a client cannot be closed.
   */
  private static void endSelectors() {
    Thread[] threads = new Thread[Thread.activeCount() + 1];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().endsWith("-SelectorManager")) {
        threads[i].interrupt();
      }
    }
  }

  private static Context surroundings() {
    Terminal terminal = Terminal.of(System.getProperties(), System.getenv());
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    return new Context(
        System.getenv(),
        terminal,
        System.in,
        new PrintStream(out, false, charset()),
        terminal.data(out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, charset()),
        InstantSource.system(),
        Runtime.getRuntime()::halt);
  }

  /** What the terminal expects; without one, UTF-8 is what files have. */
  private static Charset charset() {
    String name = System.getProperty("native.encoding", "UTF-8");
    return name.equals("ANSI_X3.4-1968") ? StandardCharsets.UTF_8 : Charset.forName(name);
  }
}
