/** Processes of any kind: starting, waiting, signals, ports, and the network between them. */
package dev.ss.testkit.process;
