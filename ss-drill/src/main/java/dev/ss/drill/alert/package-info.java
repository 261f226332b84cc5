/**
 * Drills that make the shipped alerts fire in a real Prometheus and Alertmanager, and clear again.
 */
@NullMarked
package dev.ss.drill.alert;

import org.jspecify.annotations.NullMarked;
