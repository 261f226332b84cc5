/**
 * The HTTP API: one resource class per subject, and what every request passes: the check of its
 * query parameters, the lookup of its route, and the request metrics.
 */
@NullMarked
package dev.ss.api.http;

import org.jspecify.annotations.NullMarked;
