/** Formats text for people: tables, times, and bytes that are safe on a terminal. */
@NullMarked
package dev.ss.cli.text;

import org.jspecify.annotations.NullMarked;
