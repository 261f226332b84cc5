/**
 * Random clients and random faults against real processes, all from one seed, judged by {@link
 * dev.ss.testkit.model}.
 */
package dev.ss.testkit.play;
