/** A real Prometheus and its promtool, on machines that have them. */
package dev.ss.testkit.prometheus;
