/** The drills. Each causes a fault while clients submit jobs, and reports the result. */
package dev.ss.drill.fault;
