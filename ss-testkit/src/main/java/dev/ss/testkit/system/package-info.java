/** SS as an operator starts it: APIs and workers as processes on one database. */
package dev.ss.testkit.system;
