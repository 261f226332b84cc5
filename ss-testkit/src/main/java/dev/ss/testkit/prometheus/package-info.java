/** A real Prometheus and its promtool, on machines that have them. */
@NullMarked
package dev.ss.testkit.prometheus;

import org.jspecify.annotations.NullMarked;
