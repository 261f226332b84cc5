/** A real browser, on machines that have one. */
package dev.ss.testkit.browser;
