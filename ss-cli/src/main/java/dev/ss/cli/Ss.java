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
    if (exitCode != 0) {
      // This waits 0.3 s for the thread of the HTTP client; returning from here does not.
      System.exit(exitCode);
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
