/** What people read: tables, times, and what a terminal may be sent. */
@NullMarked
package dev.ss.cli.text;

import org.jspecify.annotations.NullMarked;
