/** Holds every route to a permission, and records who submitted and changed which job. */
@NullMarked
package dev.ss.api.access;

import org.jspecify.annotations.NullMarked;
