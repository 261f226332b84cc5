/** Where a drill takes place: processes, databases, the network between them, and time. */
package dev.ss.testkit.place;
