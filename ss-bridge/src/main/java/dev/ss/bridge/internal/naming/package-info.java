/**
 * Chooses the Prometheus names of metrics that others register: by a mapping from the
 * configuration, or by the default rule.
 */
package dev.ss.bridge.internal.naming;
