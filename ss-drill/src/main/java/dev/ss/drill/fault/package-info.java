/** The drills: each breaks something while clients submit, and reports what came of it. */
package dev.ss.drill.fault;
