/** Periodic database queries. The API keeps their results, so that no request or scrape waits. */
package dev.ss.api.watch;
