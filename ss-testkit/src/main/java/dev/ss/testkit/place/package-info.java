/** The environment of a drill: processes, databases, the network between them, and time. */
package dev.ss.testkit.place;
