/**
 * Variants of the API that {@code bench/load} compares with it: without metrics, and with
 * Micrometer's.
 */
package dev.ss.bench.http;
