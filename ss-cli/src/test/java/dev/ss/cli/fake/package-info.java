/** An SS that says whatever a test wants it to say. */
package dev.ss.cli.fake;
