/** The API as {@code bench/load} puts it beside itself: without metrics, and with Micrometer's. */
package dev.ss.bench.http;
