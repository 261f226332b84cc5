/** Follows a job while it runs: its log, its progress and its end. */
@NullMarked
package dev.ss.cli.follow;

import org.jspecify.annotations.NullMarked;
