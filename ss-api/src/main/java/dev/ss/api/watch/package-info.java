/** What the API asks the database again and again, so that nobody waits for the answer. */
package dev.ss.api.watch;
