/** Real PostgreSQL servers, and PgBouncer in front of them. */
@NullMarked
package dev.ss.testkit.postgres;

import org.jspecify.annotations.NullMarked;
