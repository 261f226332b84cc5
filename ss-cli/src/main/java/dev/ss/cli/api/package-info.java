/** Requests to the API, and what went wrong with them in words for people. */
@NullMarked
package dev.ss.cli.api;

import org.jspecify.annotations.NullMarked;
