/**
 * Every error a client sees: RFC 9457 {@code application/problem+json} with a stable {@code code},
 * whether it comes from a resource, from Jersey or from Jetty.
 */
package dev.ss.api.problem;
