package dev.ss.cli.command;

import dev.ss.cli.text.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What surrounds the program.
 *
 * @param out the standard output, for this program's own text
 * @param data the same for bytes that others chose; a terminal gets no control characters of them
 * @param err for messages
 * @param exit ends the program at once
 */
public record Context(
    Map<String, String> environment,
    Terminal terminal,
    InputStream in,
    PrintStream out,
    OutputStream data,
    PrintStream err,
    InstantSource clock,
    IntConsumer exit) {}
