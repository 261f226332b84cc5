/**
 * Sends what is too large for memory, and what a running command is still writing, without a thread
 * for each client.
 */
@NullMarked
package dev.ss.api.stream;

import org.jspecify.annotations.NullMarked;
