/** The commands, one class each. */
@NullMarked
package dev.ss.cli.command;

import org.jspecify.annotations.NullMarked;
