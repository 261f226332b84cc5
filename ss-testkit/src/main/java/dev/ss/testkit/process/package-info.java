/**
 * Processes of any kind: starting, waiting, signals, ports, directories, and the network between
 * them.
 */
@NullMarked
package dev.ss.testkit.process;

import org.jspecify.annotations.NullMarked;
