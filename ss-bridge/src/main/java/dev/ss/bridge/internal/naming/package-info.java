/**
 * Chooses the Prometheus names of metrics that others register: by a mapping from the
 * configuration, or by the default rule.
 */
@NullMarked
package dev.ss.bridge.internal.naming;

import org.jspecify.annotations.NullMarked;
