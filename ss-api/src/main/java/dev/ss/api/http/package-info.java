/**
 * The routes of the HTTP contract, one resource per subject, and what every request passes through:
 * the strict query, the route's name for the metrics, the count.
 */
package dev.ss.api.http;
