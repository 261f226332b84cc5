/** A real browser, on machines that have one. */
@NullMarked
package dev.ss.testkit.browser;

import org.jspecify.annotations.NullMarked;
