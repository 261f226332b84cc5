/** Clients of an API: for proper HTTP, for any bytes, and for jobs. */
@NullMarked
package dev.ss.testkit.client;

import org.jspecify.annotations.NullMarked;
