/** Periodic database queries. The API keeps their results, so that no request or scrape waits. */
@NullMarked
package dev.ss.api.watch;

import org.jspecify.annotations.NullMarked;
