/** Real PostgreSQL servers, and PgBouncer in front of them. */
package dev.ss.testkit.postgres;
