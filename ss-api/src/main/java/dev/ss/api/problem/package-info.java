/**
 * Error responses: RFC 9457 {@code application/problem+json} with a stable {@code code}, whether
 * the error comes from a resource, from Jersey or from Jetty.
 */
@NullMarked
package dev.ss.api.problem;

import org.jspecify.annotations.NullMarked;
