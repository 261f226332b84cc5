/**
 * Drills that make the shipped alerts fire in a real Prometheus and Alertmanager, and clear again.
 */
package dev.ss.drill.alert;
