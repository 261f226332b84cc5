/**
 * What metrics that others name are called in Prometheus: by a mapping the operator has given, or
 * by rule from their own names.
 */
package dev.ss.bridge.internal.naming;
