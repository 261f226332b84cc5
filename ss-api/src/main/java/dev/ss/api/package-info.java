/** The API process: how its parts are wired, and its HTTP server. */
@NullMarked
package dev.ss.api;

import org.jspecify.annotations.NullMarked;
