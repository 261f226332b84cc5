/** The program {@code ss}: SS on the command line. It knows SS by its HTTP API alone. */
@NullMarked
package dev.ss.cli;

import org.jspecify.annotations.NullMarked;
