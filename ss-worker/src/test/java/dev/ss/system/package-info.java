/**
 * SS as its users have it: the two jars as processes, a database, HTTP, and a real Prometheus where
 * there is one.
 */
package dev.ss.system;
